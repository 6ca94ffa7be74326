// What the reader chose for the whole page, and who must draw anew when it changes.

const view = { energyUnit: "J", theme: "", listeners: [] };

function onViewChange(listener) {
  view.listeners.push(listener);
}

function changeView(change) {
  Object.assign(view, change);
  if (view.theme) document.documentElement.dataset.theme = view.theme;
  else delete document.documentElement.dataset.theme;
  for (const listener of view.listeners) listener();
}

function inEnergyUnit(joules) {
  return isNumber(joules) ? joules / ENERGY_UNITS[view.energyUnit] : null;
}

// A colour of the style sheet, as the theme in force has it.
function colour(name) {
  const probe = element("span", { style: `color: var(--${name})`, hidden: true });
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}

function showViewControls(report) {
  const energies = report.configurations.map((row) => row.energy_j?.value).filter(isNumber);
  view.energyUnit = energyUnitFor(report.baseline?.energy_j?.value ?? Math.max(0, ...energies));
  part("view-controls").append(
    choice("Energy in", Object.keys(ENERGY_UNITS).map((unit) => [unit, unit]), view.energyUnit,
      (energyUnit) => changeView({ energyUnit })),
    choice("Colours", [["", "as the system"], ["light", "light"], ["dark", "dark"]], view.theme,
      (theme) => changeView({ theme })));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => changeView({}));
}
