// Bundles of knobs: the saving that their parts promise, and the one that was observed.

function showBundles(report) {
  const bundles = report.bundles ?? [];
  if (bundles.length === 0) return leaveOut("bundles");
  const place = part("bundles");
  addFigure(place, "bundles", "", () => drawBundles(bundles.slice(0, MOST_BARS)));
  place.append(simpleTable("Saving of energy against the baseline",
    ["bundle", "parts", "of which alone unknown", "predicted", "observed", "beyond prediction"],
    bundles.map((bundle) => [breakable(bundle.configuration), bundle.parts.join(", "), bundle.unknown_parts.join(", ") || "none",
      percentText(bundle.predicted_saving),
      numberCell(percentText(bundle.observed_saving.value), shareInterval(bundle.observed_saving, percentText)),
      numberCell(pointsText(bundle.beyond.value), shareInterval(bundle.beyond, pointsText))]), [1, 2]));
}

function shareInterval(bounded, write) {
  return intervalText(bounded.low, bounded.high, write);
}

function pointsText(share) {
  return isNumber(share) ? `${share > 0 ? "+" : ""}${withSign((100 * share).toFixed(1))} points` : NOT_MEASURED;
}

function drawBundles(bundles) {
  const places = bundles.map((_, index) => index);
  const observed = bundles.map((bundle) => 100 * bundle.observed_saving.value);
  const reach = (end) => bundles.map((bundle) => (isNumber(bundle.observed_saving[end])
    ? 100 * Math.abs(bundle.observed_saving[end] - bundle.observed_saving.value) : 0));
  const said = (bundle) => `<b>${label(bundle.configuration)}</b><br>predicted ${percentText(bundle.predicted_saving)}<br>` +
    `observed ${percentText(bundle.observed_saving.value)}<br>beyond prediction ${pointsText(bundle.beyond.value)}`;
  const marks = (name, x, marker) => ({ type: "scatter", mode: "markers", name, x, y: places, marker,
    hovertext: bundles.map(said), hoverinfo: "text" });
  return {
    data: [
      ...bundles.map((bundle, index) => ({ type: "scatter", mode: "lines", showlegend: false, hoverinfo: "skip",
        x: [100 * bundle.predicted_saving, observed[index]], y: [index, index],
        line: { width: 2, color: colour(bundle.beyond.value < 0 ? "cost" : "save") } })),
      marks("predicted from the parts", bundles.map((bundle) => 100 * bundle.predicted_saving),
        { symbol: "circle-open", size: 11, color: colour("ink"), line: { width: 2 } }),
      { ...marks("observed", observed, { symbol: "diamond", size: 11, color: colour("mark-frontier") }),
        error_x: { type: "data", symmetric: false, array: reach("high"), arrayminus: reach("low"), thickness: 1, width: 3 } },
    ],
    describe: `${countText(bundles.length, "bundle")}: ` +
      `${bundles.filter((bundle) => bundle.beyond.value < 0).length} save less than predicted. The table below has the numbers.`,
    layout: {
      height: 120 + 30 * bundles.length,
      xaxis: { title: { text: "saving of energy" }, ticksuffix: " %" },
      yaxis: { tickvals: places, autorange: "reversed", zeroline: false, range: [bundles.length - 0.4, -0.6],
        ticktext: bundles.map((bundle) => label(shortened(bundle.configuration, narrow() ? 16 : 44))) },
    },
  };
}
