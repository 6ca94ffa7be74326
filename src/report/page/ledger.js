// What the study has spent, and when that is paid back.

function showLedger(report) {
  const ledger = report.ledger;
  const place = part("ledger");
  place.append(element("p", {}, ledgerText(ledger)));
  if (canPayBack(report)) {
    addFigure(place, "payback", "Energy spent after a number of runs: by going on with the baseline, and by the study " +
      "with the recommended configuration after it.", () => drawPayback(report));
  }
  // Trials take energy: where there is none in the sum, none was measured.
  const line = (entry) => [entry.name, String(entry.trials), energyText(entry.spent_j || null), durationText(entry.seconds)];
  place.append(simpleTable("What the trials have cost", ["purpose", "trials", "energy", "time"], [
    ...ledger.by_purpose.map(line),
    ["in all", String(report.study.trials), energyText(ledger.spent_j), durationText(ledger.seconds)],
    ...(ledger.wasted.trials ? [line({ ...ledger.wasted, name: "of it failed, infeasible or stopped" })] : []),
  ]));
}

function ledgerText(ledger) {
  const sentences = [`The study has spent ${energyText(ledger.spent_j)}` +
    (isNumber(ledger.baseline_runs) ? `, as much as ${numberText(ledger.baseline_runs, 3)} runs of the baseline.` : ".")];
  if (ledger.estimated_j > 0) sentences.push(`Of it ${percentText(ledger.estimated_j / ledger.spent_j, 0)} are estimated, not measured.`);
  if (ledger.not_measured > 0) sentences.push(`The energy of ${countText(ledger.not_measured, "trial")} was not measured and is in no sum.`);
  sentences.push(isNumber(ledger.paid_back_after) && isNumber(ledger.saved_per_run_j)
    ? `The recommended configuration saves ${energyText(ledger.saved_per_run_j)} a run, which pays it back after ` +
      `${countText(Math.ceil(ledger.paid_back_after), "run")}.`
    : "It is not paid back: nothing that saves energy is recommended.");
  return sentences.join(" ");
}

function canPayBack(report) {
  return isNumber(report.ledger.paid_back_after) && isNumber(report.ledger.saved_per_run_j) &&
    isNumber(report.baseline?.energy_j?.value);
}

function drawPayback(report) {
  const { spent_j: spent, saved_per_run_j: saved, paid_back_after: after } = report.ledger;
  const each = report.baseline.energy_j.value;
  const runs = [0, after, 2 * Math.max(after, 1)];
  const unit = energyUnitFor(each * runs[2]);
  const energy = (joules) => joules / ENERGY_UNITS[unit];
  const curve = (name, of, dash, tone) => ({
    type: "scatter", mode: "lines", name, x: runs, y: runs.map((count) => energy(of(count))),
    line: { width: 2.5, dash, color: colour(tone) }, hovertemplate: `%{x:.0f} runs: %{y:.4g} ${unit}<extra>${name}</extra>`,
  });
  return {
    data: [
      curve("baseline", (count) => count * each, "dash", "mark-degenerate"),
      curve("study, then recommended", (count) => spent + count * (each - saved), "solid", "mark-recommended"),
    ],
    describe: `The study's ${energyText(spent)} are paid back after ${countText(Math.ceil(after), "run")}.`,
    layout: {
      height: narrow() ? 320 : 360,
      xaxis: { title: { text: "runs" }, rangemode: "tozero" },
      yaxis: { title: { text: `energy in all (${unit})` }, rangemode: "tozero" },
      annotations: [{ x: after, y: energy(after * each), text: `paid back after ${Math.ceil(after)}`, ax: 50, ay: 35,
        arrowwidth: 1, arrowcolor: colour("faint"), bgcolor: colour("ground") }],
    },
  };
}
