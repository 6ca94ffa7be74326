// How a configuration's status looks: by colour and by shape, in figures and in tables alike.

const STATUSES = {
  recommended: { symbol: "star", sign: "★", size: 17 },
  frontier: { symbol: "circle", sign: "●", size: 10 },
  dominated: { symbol: "circle-open", sign: "○", size: 9 },
  degenerate: { symbol: "x-thin", sign: "✕", size: 11 },
  "set aside": { symbol: "diamond-open", sign: "◇", size: 10 },
  failed: { symbol: "line-ns", sign: "–", size: 10 },
};

function isUnsound(row) {
  return row.status === "degenerate" || row.status === "set aside" || row.status === "failed";
}

function isBaseline(report, row) {
  return row.name === report.baseline?.name;
}

function statusText(report, row) {
  const sign = STATUSES[row.status]?.sign;
  const text = sign ? `${sign} ${row.status}` : row.status;
  if (!isBaseline(report, row)) return text;
  return row.status === "dominated" ? "■ baseline" : `■ baseline, ${row.status}`;
}

function statusColour(status) {
  return colour(`mark-${status === "failed" ? "dominated" : status.replace(" ", "-")}`);
}

// What a row's marks say when pointed at; label()ed.
function pointText(report, row, lines) {
  return [`<b>${label(row.name)}</b>`, label(statusText(report, row)), ...lines.map(label)].join("<br>");
}
