// Degenerate, set aside and failed configurations, with the reason and what they seemed to save.

function showUnsound(report) {
  const rows = report.configurations.filter(isUnsound);
  if (rows.length === 0) return leaveOut("unsound");
  const most = 24;
  part("unsound").append(element("div", { class: "cards" }, rows.slice(0, most).map((row) => unsoundCard(report, row))));
  if (rows.length > most) {
    part("unsound").append(element("p", {}, `${rows.length - most} more stand in the table of configurations.`));
  }
}

function unsoundCard(report, row) {
  const seemed = isNumber(row.change?.energy) ? `Energy ${changeText(row.change.energy)}` : "Energy not measured";
  const quality = isNumber(row.quality) ? `${report.study.metric} ${numberText(row.quality)}` : `no ${report.study.metric}`;
  return element("article", { class: "card unsound" },
    element("h3", {}, breakable(row.name)),
    element("p", { class: "kind" }, `${statusText(report, row)} · ${countText(row.runs, "run")} · ${seemed}, ${quality}`),
    element("p", {}, row.reason));
}
