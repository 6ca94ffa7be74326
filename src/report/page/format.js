// Numbers for people, as turngreen's tables write them: four significant digits. What was not
// measured is a dash, never zero.

const NOT_MEASURED = "–";

function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

function withSign(text) {
  return text.replace(/^-/, "−");
}

function numberText(value, digits = 4) {
  if (!isNumber(value)) return NOT_MEASURED;
  if (value === 0) return "0";
  const exponent = Number(value.toExponential(digits - 1).split("e")[1]);
  if (exponent < -4 || exponent > 6) return withSign(value.toExponential(digits - 1));
  return withSign(value.toFixed(Math.max(0, digits - 1 - exponent)));
}

function countText(count, noun) {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}

const ENERGY_UNITS = { J: 1, Wh: 3600, kWh: 3.6e6 };

function energyUnitFor(joules) {
  const size = Math.abs(joules);
  return size < 3600 ? "J" : size < 3.6e6 ? "Wh" : "kWh";
}

// In the unit that suits the size.
function energyText(joules) {
  if (!isNumber(joules)) return NOT_MEASURED;
  const unit = energyUnitFor(joules);
  return `${numberText(joules / ENERGY_UNITS[unit])} ${unit}`;
}

function durationText(seconds) {
  if (!isNumber(seconds)) return NOT_MEASURED;
  if (seconds < 60) return `${numberText(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

// A share as percent; a change carries its sign.
function percentText(share, decimals = 1) {
  return isNumber(share) ? `${withSign((100 * share).toFixed(decimals))} %` : NOT_MEASURED;
}
function changeText(share, decimals = 1) {
  if (!isNumber(share)) return NOT_MEASURED;
  const text = percentText(share, decimals);
  return share > 0 ? `+${text}` : text;
}

// "0.1 to 0.2", or nothing where an end is not known. Ends that are the same number mean that nothing
// tells the uncertainty, not that there is none.
function intervalText(low, high, write) {
  return isNumber(low) && isNumber(high) && low !== high ? `${write(low)} to ${write(high)}` : "";
}

// A name cut in its middle, where bundles differ least.
function shortened(text, width) {
  const signs = [...text];
  if (signs.length <= width) return text;
  const head = Math.ceil((width - 1) * 0.7);
  return `${signs.slice(0, head).join("")}…${signs.slice(signs.length - (width - 1 - head)).join("")}`;
}
