// What each stage, or each energy domain, takes of a configuration's run.

const SERIES_COLOURS = ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999", "#f0e442"];
const SERIES_PATTERNS = ["", "/", ".", "x"];
const MOST_BARS = 40;

const STAGE_MEASURES = {
  energy: { name: "energy", unit: () => view.energyUnit,
    series: (row) => row.stages.map((stage) => [stage.name, inEnergyUnit(stage.energy_j?.value)]) },
  seconds: { name: "time", unit: () => "s", series: (row) => row.stages.map((stage) => [stage.name, stage.seconds]) },
  domains: { name: "energy by domain", unit: () => view.energyUnit, series: domainSums },
};

function domainSums(row) {
  const sums = new Map();
  for (const stage of row.stages) {
    for (const [domain, joules] of Object.entries(stage.domains ?? {})) {
      sums.set(domain, (sums.get(domain) ?? 0) + inEnergyUnit(joules));
    }
  }
  return [...sums];
}

function showStages(report) {
  const rows = report.configurations.filter((row) => row.stages.length > 0);
  if (rows.length === 0) return leaveOut("stages");
  const measures = Object.keys(STAGE_MEASURES)
    .filter((key) => rows.some((row) => STAGE_MEASURES[key].series(row).some(([, value]) => isNumber(value))));
  const chosen = { measure: measures[0], rows: "all" };
  const bars = rows.length > MOST_BARS ? ["sound", "all"] : ["all", "sound"];
  chosen.rows = bars[0];
  const place = part("stages");
  const redraw = () => {
    figure.redraw();
    table.replaceChildren(stageTable(report, rows, chosen.measure));
  };
  place.append(element("div", { class: "controls" },
    choice("Show", measures.map((key) => [key, STAGE_MEASURES[key].name]), chosen.measure, (measure) => {
      chosen.measure = measure;
      redraw();
    }),
    choice("Of", bars.map((key) => [key, key === "all" ? "all configurations" : "baseline and frontier"]), chosen.rows, (key) => {
      chosen.rows = key;
      redraw();
    })));
  const figure = addFigure(place, "stages",
    rows.length > MOST_BARS ? `At most the ${MOST_BARS} configurations with the least; the table below has them all.` : "",
    () => drawStages(report, rows, chosen));
  const table = element("div", {}, stageTable(report, rows, chosen.measure));
  place.append(element("details", {}, element("summary", {}, "The numbers of this figure"), table));
  onViewChange(() => table.replaceChildren(stageTable(report, rows, chosen.measure)));
}

function seriesNames(rows, measure) {
  return [...new Set(rows.flatMap((row) => measure.series(row).map(([name]) => name)))];
}

function drawStages(report, all, chosen) {
  const measure = STAGE_MEASURES[chosen.measure];
  const total = (row) => measure.series(row).reduce((sum, [, value]) => sum + (value ?? 0), 0);
  const wanted = (row) => chosen.rows === "all" || isBaseline(report, row) ||
    row.status === "frontier" || row.status === "recommended";
  // The baseline is kept whatever it takes; the figure draws from the bottom up.
  const rows = all.filter(wanted)
    .sort((a, b) => isBaseline(report, b) - isBaseline(report, a) || total(a) - total(b))
    .slice(0, MOST_BARS).sort((a, b) => total(a) - total(b));
  const places = rows.map((_, index) => index);
  const data = seriesNames(rows, measure).map((name, index) => ({
    type: "bar", orientation: "h", name: label(name), y: places, x: rows.map((row) => valueIn(measure.series(row), name)),
    marker: { color: SERIES_COLOURS[index % SERIES_COLOURS.length],
      pattern: { shape: SERIES_PATTERNS[Math.floor(index / SERIES_COLOURS.length) % SERIES_PATTERNS.length] } },
    hoverinfo: "text",
    hovertext: rows.map((row) => pointText(report, row, [`${name}: ${numberText(valueIn(measure.series(row), name))} ${measure.unit()}`])),
    textposition: "none",
  }));
  return {
    data,
    describe: `${measure.name} of each ${chosen.measure === "domains" ? "domain" : "stage"} as stacked bars, ` +
      `${countText(rows.length, "configuration")}. The table below has the numbers.`,
    layout: {
      barmode: "stack", bargap: 0.25, height: 110 + 22 * Math.max(rows.length, 3), showlegend: true,
      xaxis: { title: { text: label(titleOf(measure)) } },
      yaxis: { tickvals: places, range: [-0.7, rows.length - 0.3],
        ticktext: rows.map((row) => label(tagOf(report, row) + shortened(row.name, narrow() ? 18 : 44))) },
    },
  };
}

function tagOf(report, row) {
  if (isBaseline(report, row)) return "■ ";
  return row.status === "recommended" || isUnsound(row) ? `${STATUSES[row.status].sign} ` : "";
}

function valueIn(series, name) {
  return series.find(([one]) => one === name)?.[1] ?? null;
}

function stageTable(report, rows, key) {
  const measure = STAGE_MEASURES[key];
  const names = seriesNames(rows, measure);
  const caption = `Mean ${titleOf(measure)} of each ${key === "domains" ? "domain" : "stage"}`;
  return simpleTable(caption, ["configuration", ...names],
    rows.map((row) => [breakable(row.name), ...names.map((name) => numberText(valueIn(measure.series(row), name)))]));
}
