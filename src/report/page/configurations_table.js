// All that is known of each configuration, a row each.

function showConfigurations(report) {
  const rows = report.configurations;
  if (rows.length === 0) return leaveOut("configurations");
  const off = report.baseline?.configuration ?? {};
  const knobs = (row) => Object.entries(row.configuration).filter(([knob, value]) => off[knob] !== value)
    .map(([knob, value]) => `${knob} = ${value}`).join(", ");
  const text = (name, of, long = false) => ({ title: () => name, value: of, cell: of, long });
  const columns = [
    { title: () => "configuration", value: (row) => row.name, cell: (row) => breakable(row.name), long: true },
    text("status", (row) => statusText(report, row)),
    ...known(costQuantities(report.study), rows).flatMap((quantity) => [
      quantityColumn(quantity), ...changeColumn(quantity.key),
    ]),
    { ...text("quadrant", (row) => row.quadrant ?? NOT_MEASURED), screenOnly: true },
    ...known(qualityQuantities(report), rows).map(quantityColumn),
    count("full runs", (row) => row.full_runs),
    { ...share("estimated", (row) => (row.energy_j ? row.estimated_share : null)), screenOnly: true },
    { ...text("knobs that are not as in the baseline", knobs, true), screenOnly: true },
    text("why", (row) => row.reason, true),
  ];
  part("configurations").append(sortableTable({
    caption: "Means of the full runs, with 95 % intervals where they are known", columns, rows, noun: "configuration",
    rowClass: (row) => (isUnsound(row) ? "unsound" : row.status === "recommended" ? "recommended" : null),
  }).box);
}

function quantityColumn(quantity) {
  return { title: () => titleOf(quantity), numeric: true, value: (row) => quantity.of(row)?.value ?? null,
    cell: (row) => {
      const found = quantity.of(row);
      return numberCell(numberText(found?.value), found ? intervalText(found.low, found.high, numberText) : "");
    } };
}

function changeColumn(key) {
  if (key !== "energy" && key !== "seconds") return [];
  return [{ title: () => "change", numeric: true, value: (row) => row.change?.[key] ?? null,
    cell: (row) => numberCell(changeText(row.change?.[key]),
      intervalText(row.change?.[`${key}_low`], row.change?.[`${key}_high`], changeText)) }];
}

function count(name, of) {
  return { title: () => name, numeric: true, value: of, cell: (row) => String(of(row) ?? NOT_MEASURED) };
}

function share(name, of) {
  return { title: () => name, numeric: true, value: of, cell: (row) => percentText(of(row), 0) };
}
