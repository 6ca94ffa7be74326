// Energy, or another cost, against quality.

function showFrontier(report) {
  const rows = report.configurations;
  const costs = known(costQuantities(report.study), rows);
  const qualities = known(qualityQuantities(report), rows);
  if (costs.length === 0 || qualities.length === 0) return leaveOut("frontier");

  const chosen = { cost: costs[0], quality: qualities[0], unsound: unsoundFits(rows) };
  const place = part("frontier");
  const controls = element("div", { class: "controls" });
  place.append(controls);
  const figure = addFigure(place, "frontier",
    "Drag to enlarge, double click to go back. The same numbers stand in the table of configurations.",
    () => drawFrontier(report, chosen));
  const change = (what) => {
    Object.assign(chosen, what);
    figure.redraw();
  };
  const byKey = (list) => list.map((quantity) => [quantity.key, quantity.name]);
  controls.append(
    choice("Across", byKey(costs), chosen.cost.key,
      (key) => change({ cost: costs.find((quantity) => quantity.key === key) })),
    choice("Up", byKey(qualities), chosen.quality.key,
      (key) => change({ quality: qualities.find((quantity) => quantity.key === key) })));
  if (rows.some((row) => isUnsound(row) && row.energy_j)) {
    controls.append(checkbox("degenerate and set aside ones too", chosen.unsound, (unsound) => change({ unsound })));
  }
}

// Whether the others can still be told apart once the unsound ones are in the same figure.
function unsoundFits(rows) {
  const range = (some) => {
    const values = some.map((row) => row.quality).filter(isNumber);
    return values.length ? Math.max(...values) - Math.min(...values) : 0;
  };
  const sound = range(rows.filter((row) => !isUnsound(row)));
  return sound === 0 || range(rows) <= 2 * sound;
}

function drawFrontier(report, { cost, quality, unsound }) {
  const shown = report.configurations.filter((row) => cost.of(row) && quality.of(row) && (unsound || !isUnsound(row)));
  const data = frontierLine(shown, cost, quality);
  const order = Object.keys(STATUSES);
  // What matters most is drawn last, above the others, and stands first in the legend.
  for (const status of [...order].reverse()) {
    const rows = shown.filter((row) => row.status === status && !isBaseline(report, row));
    if (rows.length === 0) continue;
    const points = marks(report, status, STATUSES[status], statusColour(status), rows, { cost, quality });
    data.push({ ...points, legendrank: order.indexOf(status) });
  }
  const baseline = shown.filter((row) => isBaseline(report, row));
  if (baseline.length) {
    data.push(marks(report, "baseline", { symbol: "square", size: 11 }, colour("mark-baseline"), baseline, { cost, quality }));
  }
  const limit = quality.key === report.study.metric ? qualityLimit(report) : null;
  return {
    data,
    describe: describeFrontier(report, shown, cost, quality),
    layout: {
      height: narrow() ? 380 : 480,
      xaxis: { title: { text: label(titleOf(cost)) }, rangemode: "tozero" },
      yaxis: { title: { text: label(titleOf(quality)) } },
      shapes: isNumber(limit) ? [budgetLine(limit)] : [],
      annotations: [
        ...(isNumber(limit) ? [budgetLabel(limit)] : []),
        ...shown.filter((row) => row.status === "recommended" || isBaseline(report, row))
          .map((row) => nameTag(row, cost, quality, Math.max(...shown.map((one) => cost.of(one).value)))),
      ],
    },
  };
}

function marks(report, name, { symbol, size }, markColour, rows, { cost, quality }) {
  const bars = (quantity) => {
    const points = rows.map((row) => quantity.of(row));
    const reach = (end) => points.map((point) => (isNumber(point[end]) ? Math.abs(point[end] - point.value) : 0));
    return { type: "data", symmetric: false, array: reach("high"), arrayminus: reach("low"), thickness: 1, width: 3 };
  };
  return {
    type: "scatter", mode: "markers", name, x: rows.map((row) => cost.of(row).value),
    y: rows.map((row) => quality.of(row).value), error_x: bars(cost), error_y: bars(quality),
    marker: { symbol, size, color: markColour, line: { width: symbol === "x-thin" ? 3 : 1.5, color: markColour } },
    hovertext: rows.map((row) => pointText(report, row, [
      `${titleOf(cost)}: ${quantityText(cost.of(row))}`, `${titleOf(quality)}: ${quantityText(quality.of(row))}`,
    ])),
    hoverinfo: "text",
  };
}

function frontierLine(shown, cost, quality) {
  if (cost.key !== "energy") return [];
  const rows = shown.filter((row) => row.status === "frontier" || row.status === "recommended")
    .sort((a, b) => cost.of(a).value - cost.of(b).value);
  if (rows.length < 2) return [];
  return [{
    type: "scatter", mode: "lines", name: "frontier line", hoverinfo: "skip", showlegend: false,
    x: rows.map((row) => cost.of(row).value), y: rows.map((row) => quality.of(row).value),
    line: { shape: "hv", width: 1.5, color: colour("mark-frontier") },
  }];
}

// The worst quality that the study's budget allows.
function qualityLimit({ study, baseline }) {
  const towardsWorse = study.higher_is_better ? -1 : 1;
  const limits = [study.min];
  if (isNumber(baseline?.quality)) {
    if (isNumber(study.max_drop)) limits.push(baseline.quality + towardsWorse * study.max_drop);
    if (isNumber(study.max_drop_relative)) limits.push(baseline.quality * (1 + towardsWorse * study.max_drop_relative));
  }
  const known = limits.filter(isNumber);
  if (known.length === 0) return null;
  return study.higher_is_better ? Math.max(...known) : Math.min(...known);
}

function budgetLine(limit) {
  return { type: "line", xref: "paper", x0: 0, x1: 1, y0: limit, y1: limit,
    line: { dash: "dash", width: 1.5, color: colour("cost") } };
}

function budgetLabel(limit) {
  return { xref: "paper", x: 1, xanchor: "right", y: limit, yanchor: "bottom", showarrow: false,
    text: "quality budget", font: { size: 11, color: colour("bad") } };
}

// Below what is recommended: above it lie those that cost more for better quality.
function nameTag(row, cost, quality, most) {
  const x = cost.of(row).value;
  // Near the sides the name would run out of the figure.
  const xanchor = x < 0.25 * most ? "left" : x > 0.75 * most ? "right" : "center";
  return { x, xanchor, y: quality.of(row).value, text: label(shortened(row.name, 30)),
    ax: 0, ay: row.status === "recommended" ? 34 : -34, arrowwidth: 1, arrowsize: 0.8, arrowcolor: colour("faint"),
    standoff: 7, borderpad: 2, font: { size: 11 } };
}

function describeFrontier(report, shown, cost, quality) {
  const counts = Object.keys(STATUSES)
    .map((status) => [shown.filter((row) => row.status === status).length, status])
    .filter(([count]) => count > 0).map(([count, status]) => `${count} ${status}`);
  return `${titleOf(cost)} against ${titleOf(quality)} of ${countText(shown.length, "configuration")}: ` +
    `${counts.join(", ")}. The table of configurations has the numbers.`;
}
