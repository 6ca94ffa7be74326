// The three routes, each with its knobs in the order in which to stack them.

function showPathways(report) {
  if (report.pathways.length === 0) return leaveOut("pathways");
  part("pathways").append(element("div", { class: "cards" }, report.pathways.map((pathway) => pathwayCard(report, pathway))));
}

function pathwayCard(report, pathway) {
  const row = report.configurations.find((one) => one.name === pathway.configuration);
  const steps = pathway.steps.map((step) => element("li", {}, `${step.knob} = ${step.value}: × ${numberText(step.factor, 3)}`,
    element("span", { class: "about" }, ` (${percentText(step.cumulative)} of the baseline's energy so far)`)));
  return element("article", { class: "card" },
    element("p", { class: "kind" }, pathway.route),
    element("h3", {}, breakable(pathway.configuration ?? "none")),
    row && element("p", {}, outcomeText(report, row)),
    steps.length ? element("ol", {}, steps) : null,
    element("p", { class: "about" }, pathway.reason));
}

function outcomeText(report, row) {
  if (isBaseline(report, row)) return "The baseline itself: nothing better is known.";
  return `Energy ${changeText(row.change?.energy)}, time ${changeText(row.change?.seconds)}, ` +
    `${report.study.metric} ${numberText(row.quality)}`;
}
