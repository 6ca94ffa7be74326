// Every trial, by pages, with a filter.

function showTrials(report) {
  const trials = report.trials;
  if (trials.length === 0) return leaveOut("trials");
  const filter = { words: [], status: "" };
  const verdict = (trial) => (trial.rejected ? `${trial.status}, rejected` : trial.status);
  const why = (trial) => [trial.reason, trial.rejected].filter(Boolean).join("; ");
  const searched = new Map();
  const textOf = (trial) => {
    if (!searched.has(trial)) {
      searched.set(trial, [trial.number, trial.configuration, trial.purpose, verdict(trial), why(trial)].join(" ").toLowerCase());
    }
    return searched.get(trial);
  };
  const text = (name, of, long = false) => ({ title: () => name, value: of, cell: (trial) => of(trial) || NOT_MEASURED, long });
  const number = (title, of, write = numberText) => ({ title, numeric: true, value: of, cell: (trial) => write(of(trial)) });
  const columns = [
    { title: () => "trial", value: (trial) => trial.number, cell: (trial) => String(trial.number) },
    { title: () => "configuration", value: (trial) => trial.configuration, cell: (trial) => breakable(trial.configuration), long: true },
    text("purpose", (trial) => trial.purpose),
    text("status", verdict),
    number(() => "fidelity", (trial) => trial.fidelity, (value) => numberText(value, 3)),
    { title: () => `energy (${view.energyUnit})`, numeric: true, value: (trial) => trial.energy_j,
      cell: (trial) => numberCell(numberText(inEnergyUnit(trial.energy_j)),
        intervalText(inEnergyUnit(trial.energy_low_j), inEnergyUnit(trial.energy_high_j), numberText)) },
    number(() => "estimated", (trial) => (trial.energy_j > 0 && isNumber(trial.estimated_j) ? trial.estimated_j / trial.energy_j : null),
      (value) => percentText(value, 0)),
    number(() => "time (s)", (trial) => trial.seconds),
    number(() => report.study.metric, (trial) => trial.quality),
    text("seed", (trial) => String(trial.seed ?? "")),
    { ...text("energy is", (trial) => trial.energy_basis), screenOnly: true },
    text("why", why, true),
  ];
  const statuses = [...new Set(trials.map(verdict))].sort();
  const apply = (change) => {
    Object.assign(filter, change);
    table.refill();
  };
  const table = sortableTable({
    caption: "Trials in the order in which they finished; a heading sorts by its column", columns, rows: trials, noun: "trial",
    rowClass: (trial) => (trial.status !== "completed" || trial.rejected ? "unsound" : null),
    keeps: (trial) => (!filter.status || verdict(trial) === filter.status) &&
      filter.words.every((word) => textOf(trial).includes(word)),
    controls: [
      element("label", {}, "Filter", element("input", { type: "search", placeholder: "words",
        oninput: (event) => apply({ words: event.target.value.toLowerCase().split(/\s+/).filter(Boolean) }) })),
      choice("Status", [["", "all"], ...statuses.map((status) => [status, status])], "", (status) => apply({ status })),
    ],
  });
  part("trials").append(table.box);
}
