// The heat map of knobs: on the diagonal their own factors, off it what pairs do beyond their parts.

const VERDICT_SIGNS = { synergy: "▼", antagonism: "▲", independent: "=", "not distinguishable yet": "?" };
const MOST_CELLS = 30;

function showInteractions(report) {
  const effects = report.effects ?? [];
  const pairs = report.interactions ?? [];
  const tried = effects.filter((effect) => effect.tried);
  if (tried.length === 0 && pairs.length === 0) return leaveOut("interactions");
  const place = part("interactions");
  const keys = heatMapKeys(tried, pairs);
  const left = keys.length - MOST_CELLS;
  addFigure(place, "interactions",
    left > 0 ? `The first ${MOST_CELLS} values of knobs; the tables below have the ${left} others too.` : "",
    () => drawInteractions(keys.slice(0, MOST_CELLS), tried, pairs));
  place.append(element("details", {}, element("summary", {}, "The numbers of this figure"),
    effectTable(report, effects), pairs.length ? pairTable(pairs) : null));
}

function keyOf({ knob, value }) {
  return `${knob} = ${value}`;
}

function heatMapKeys(effects, pairs) {
  return [...new Set([...effects.map(keyOf), ...pairs.flatMap((pair) => [keyOf(pair.first), keyOf(pair.second)])])];
}

function factorText(factor) {
  const interval = intervalText(factor.low, factor.high, (value) => numberText(value, 3));
  return numberText(factor.value, 3) + (interval ? ` (${interval})` : "");
}

function drawInteractions(keys, effects, pairs) {
  // The verdict's sign is shown in any case, so that it is not told by colour alone.
  const cramped = keys.length > (narrow() ? 8 : 24);
  const grid = (fill) => keys.map(() => keys.map(() => fill));
  const cells = { z: grid(null), text: grid(""), hover: grid("") };
  const put = (row, column, factor, sign, said) => {
    if (row < 0 || column < 0 || !isNumber(factor.value) || factor.value <= 0) return;
    // Halving and doubling have the full colour.
    cells.z[row][column] = Math.max(-1, Math.min(1, Math.log2(factor.value)));
    const number = numberText(factor.value, 2);
    cells.text[row][column] = !cramped ? `${sign} ${number}` : row === column ? number : sign;
    cells.hover[row][column] = label(said);
  };
  for (const effect of effects) {
    const at = keys.indexOf(keyOf(effect));
    put(at, at, effect.factor, "×", `${keyOf(effect)} alone: × ${factorText(effect.factor)}`);
  }
  for (const pair of pairs) {
    const [first, second] = [keys.indexOf(keyOf(pair.first)), keys.indexOf(keyOf(pair.second))];
    const said = `${keyOf(pair.first)} with ${keyOf(pair.second)}: × ${factorText(pair.factor)}, ${pair.verdict}`;
    put(first, second, pair.factor, VERDICT_SIGNS[pair.verdict] ?? "", said);
    put(second, first, pair.factor, VERDICT_SIGNS[pair.verdict] ?? "", said);
  }
  const places = keys.map((_, index) => index);
  const names = keys.map((key) => label(shortened(key, narrow() ? 24 : 32)));
  return {
    data: [{
      type: "heatmap", x: places, y: places, z: cells.z, zmin: -1, zmax: 1, zmid: 0, xgap: 2, ygap: 2, showscale: !narrow(),
      text: cells.text, texttemplate: "%{text}", textfont: { color: colour("ink"), size: keys.length > 12 ? 10 : 12 }, hovertext: cells.hover, hoverinfo: "text", hoverongaps: false,
      colorscale: [[0, colour("less")], [0.5, colour("panel")], [1, colour("more")]],
      colorbar: { tickvals: [-1, -0.5, 0, 0.5, 1], ticktext: ["× 0.5", "× 0.71", "× 1", "× 1.41", "× 2"], thickness: 12,
        outlinewidth: 0,
        len: 0.85, y: 0, yanchor: "bottom" },
    }],
    describe: `Heat map of ${countText(keys.length, "knob value")}: ${countText(effects.length, "effect")} on the diagonal and ` +
      `${countText(pairs.length, "pair")} off it. The tables below have the numbers.`,
    minWidth: 200 + 28 * keys.length,
    layout: {
      height: 150 + (narrow() ? 30 : 34) * keys.length,
      xaxis: { tickvals: places, ticktext: names, tickangle: narrow() ? -90 : -35, showgrid: false, zeroline: false },
      yaxis: { tickvals: places, ticktext: names, autorange: "reversed", showgrid: false, zeroline: false },
    },
  };
}

function effectTable(report, effects) {
  const metric = report.study.metric;
  return simpleTable("Each value alone, against the knob being off", ["knob", "factor on energy", `change in ${metric}`, "tried"],
    effects.map((effect) => [keyOf(effect), `× ${factorText(effect.factor)}`,
      effect.quality_change ? quantityText(effect.quality_change) : NOT_MEASURED, effect.tried ? "yes" : "no: foretold only"]), [3]);
}

function pairTable(pairs) {
  return simpleTable("Pairs, beyond the product of their own factors", ["first", "second", "factor", "verdict"],
    pairs.map((pair) => [keyOf(pair.first), keyOf(pair.second), `× ${factorText(pair.factor)}`,
      `${VERDICT_SIGNS[pair.verdict] ?? ""} ${pair.verdict}`]), [1, 3]);
}
