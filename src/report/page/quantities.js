// What a configuration can be compared by. `of` gives {value, low, high} in `unit`, or null.

function scaled(bounded, scale) {
  if (!bounded || !isNumber(bounded.value)) return null;
  const by = (number) => (isNumber(number) ? number * scale : null);
  return { value: by(bounded.value), low: by(bounded.low), high: by(bounded.high) };
}

function plain(value) {
  return isNumber(value) ? { value, low: null, high: null } : null;
}

function costQuantities(study) {
  return [
    { key: "energy", name: "energy", unit: () => view.energyUnit,
      of: (row) => scaled(row.energy_j, 1 / ENERGY_UNITS[view.energyUnit]) },
    { key: "seconds", name: "time", unit: () => "s",
      of: (row) => scaled({ value: row.seconds, low: row.seconds_low, high: row.seconds_high }, 1) },
    { key: "ear", name: "EAR", unit: () => "J per point", of: (row) => plain(row.ear_j_per_point) },
    { key: "carbon", name: "carbon", unit: () => "gCO2e", of: (row) => plain(row.gco2e) },
    { key: "cost", name: "cost", unit: () => study.currency ?? "", of: (row) => plain(row.cost) },
    { key: "flops", name: "work", unit: () => "FLOPs", of: (row) => plain(row.flops) },
  ];
}

function qualityQuantities(report) {
  const metric = report.study.metric;
  const others = new Set(report.configurations.flatMap((row) => Object.keys(row.metrics ?? {})));
  others.delete(metric);
  const quantity = (name, of) => ({ key: name, name, unit: () => "", of });
  return [
    quantity(metric,
      (row) => scaled({ value: row.quality, low: row.quality_low, high: row.quality_high }, 1)),
    ...[...others].map((name) => quantity(name, (row) => scaled(row.metrics?.[name], 1))),
  ];
}

// Those that at least one configuration has.
function known(quantities, rows) {
  return quantities.filter((quantity) => rows.some((row) => quantity.of(row)));
}

function titleOf(quantity) {
  const unit = quantity.unit();
  return unit ? `${quantity.name} (${unit})` : quantity.name;
}

function quantityText(bounded) {
  if (!bounded) return NOT_MEASURED;
  const interval = intervalText(bounded.low, bounded.high, numberText);
  return numberText(bounded.value) + (interval ? ` (${interval})` : "");
}
