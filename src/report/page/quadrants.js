// The study's Figure 2: change in energy against change in time, in total or of one stage.

const QUADRANTS = {
  "saves both": { symbol: "triangle-down", tone: "save" },
  "saves energy only": { symbol: "diamond", tone: "mixed" },
  "saves time only": { symbol: "square", tone: "mixed" },
  "costs both": { symbol: "triangle-up", tone: "cost" },
};

function showQuadrants(report) {
  const stages = [...new Set(report.configurations.flatMap((row) => row.stages.map((stage) => stage.name)))];
  if (quadrantPoints(report, "").length < 2) return leaveOut("quadrants");
  const chosen = { stage: "" };
  const place = part("quadrants");
  const controls = element("div", { class: "controls" },
    choice("Of", [["", "the whole run"], ...stages.map((stage) => [stage, stage])], "", (stage) => {
      chosen.stage = stage;
      figure.redraw();
    }));
  place.append(controls);
  const figure = addFigure(place, "quadrants",
    "Bars are 95 % intervals. The scale is logarithmic where a change exceeds 300 %.",
    () => drawQuadrants(report, chosen.stage));
}

// {row, energy, seconds, quadrant} of all that have both changes.
function quadrantPoints(report, stage) {
  return report.configurations.flatMap((row) => {
    const of = stage ? row.stages.find((one) => one.name === stage) : row;
    const change = of?.change;
    return isNumber(change?.energy) && isNumber(change?.seconds) ? [{ row, change, quadrant: of.quadrant }] : [];
  });
}

function drawQuadrants(report, stage) {
  const points = quadrantPoints(report, stage).filter(({ row }) => !isBaseline(report, row));
  const wide = points.some(({ change }) => change.energy > 3 || change.seconds > 3);
  const scale = wide ? factorScale() : percentScale();
  const data = [];
  for (const [name, look] of Object.entries(QUADRANTS)) {
    const some = points.filter((point) => point.quadrant === name && point.row.status !== "recommended");
    if (some.length) data.push(changeMarks(report, name, look.symbol, 11, colour(look.tone), some, scale));
  }
  const crossed = points.filter(({ row }) => isUnsound(row));
  if (crossed.length) {
    data.push({ ...changeMarks(report, "degenerate or set aside", "x-thin", 15, colour("ink"), crossed, scale), hoverinfo: "skip" });
    data.at(-1).error_x = data.at(-1).error_y = undefined;
  }
  data.push({ type: "scatter", mode: "markers", name: "baseline", x: [scale.of(0)], y: [scale.of(0)],
    marker: { symbol: "star", size: 16, color: colour("mark-degenerate") }, hoverinfo: "name" });
  const best = points.filter(({ row }) => row.status === "recommended");
  if (best.length) {
    const star = changeMarks(report, "recommended", "star", 18, "#f0e442", best, scale);
    star.marker.line = { width: 1.5, color: colour("ink") };
    data.push(star);
  }
  return { data, describe: describeQuadrants(points, stage), layout: quadrantLayout(scale, points) };
}

function percentScale() {
  return { of: (change) => 100 * change, origin: 0, ends: [-2000, 2000], reach: Infinity, position: (value) => value, axis: { ticksuffix: " %" } };
}

// Half and double are equally far from unchanged.
function factorScale() {
  const factors = [0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1000, 10000];
  return { of: (change) => Math.max(1 + change, 1e-6), origin: 1, ends: [1e-7, 1e7], reach: 0.3, position: Math.log10,
    axis: { type: "log", tickvals: factors, ticktext: factors.map((factor) => changeText(factor - 1, factor < 0.1 ? 1 : 0)) } };
}

function changeMarks(report, name, symbol, size, markColour, points, scale) {
  const bars = (key) => {
    const reach = (end) => points.map(({ change }) => (isNumber(change[`${key}_${end}`])
      ? Math.abs(scale.of(change[`${key}_${end}`]) - scale.of(change[key])) : 0));
    return { type: "data", symmetric: false, array: reach("high"), arrayminus: reach("low"), thickness: 1, width: 2 };
  };
  return {
    type: "scatter", mode: "markers", name, x: points.map(({ change }) => scale.of(change.seconds)),
    y: points.map(({ change }) => scale.of(change.energy)), error_x: bars("seconds"), error_y: bars("energy"),
    marker: { symbol, size, color: markColour, line: { width: symbol === "x-thin" ? 2 : 0, color: markColour } },
    hovertext: points.map(({ row, change }) => pointText(report, row, [
      `energy ${changeText(change.energy)} ${inBrackets(intervalText(change.energy_low, change.energy_high, changeText))}`,
      `time ${changeText(change.seconds)} ${inBrackets(intervalText(change.seconds_low, change.seconds_high, changeText))}`,
    ])),
    hoverinfo: "text",
  };
}

function inBrackets(text) {
  return text ? `(${text})` : "";
}

// From the outermost mark or interval to the other, the origin included, with some room. An interval
// that ends near -100 % would take a logarithmic scale beyond all bounds, and is cut.
function rangeOf(points, key, scale) {
  const placesOf = (changes) => [0, ...changes.filter(isNumber)].map((change) => scale.position(scale.of(change)));
  const marks = placesOf(points.map(({ change }) => change[key]));
  const ends = placesOf(points.flatMap(({ change }) => [change[`${key}_low`], change[`${key}_high`]]));
  const low = Math.min(...marks, Math.max(Math.min(...ends), Math.min(...marks) - scale.reach));
  const high = Math.max(...marks, Math.min(Math.max(...ends), Math.max(...marks) + scale.reach));
  const room = 0.08 * (high - low) || 1;
  return [low - room, high + room];
}

function quadrantLayout(scale, points) {
  const x = rangeOf(points, "seconds", scale);
  const y = rangeOf(points, "energy", scale);
  const corner = (text, atRight, atTop, tone) => ({ text, xref: "paper", yref: "paper", x: atRight, y: atTop,
    showarrow: false, xanchor: atRight ? "right" : "left", yanchor: atTop ? "top" : "bottom",
    font: { size: 11, color: colour(tone) } });
  const field = (x1, y1, tone) => ({ type: "rect", layer: "below", opacity: 0.1, line: { width: 0 },
    fillcolor: colour(tone), x0: scale.origin, x1, y0: scale.origin, y1 });
  const line = { type: "line", layer: "below", line: { width: 1.5, color: colour("faint") } };
  const [low, high] = scale.ends;
  return {
    height: narrow() ? 420 : 500,
    xaxis: { title: { text: "change in time" }, zeroline: false, range: x, ...scale.axis },
    yaxis: { title: { text: "change in energy" }, zeroline: false, range: y, ...scale.axis },
    shapes: [
      field(low, low, "save"), field(high, high, "cost"), field(low, high, "mixed"), field(high, low, "mixed"),
      { ...line, xref: "paper", x0: 0, x1: 1, y0: scale.origin, y1: scale.origin },
      { ...line, yref: "paper", y0: 0, y1: 1, x0: scale.origin, x1: scale.origin },
    ],
    annotations: [corner("saves both", 0, 0, "good"), corner("costs both", 1, 1, "bad"),
      corner("saves energy only", 1, 0, "faint"), corner("saves time only", 0, 1, "faint")],
  };
}

function describeQuadrants(points, stage) {
  const counts = Object.keys(QUADRANTS)
    .map((name) => `${points.filter((point) => point.quadrant === name).length} ${name}`);
  return `Change in energy against change in time ${stage ? `of ${stage}` : "of the whole run"}: ${counts.join(", ")}.`;
}
