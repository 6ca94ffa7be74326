// What a reader is to know beside the numbers, by kind, and where the numbers come from.

const NOTE_KINDS = {
  degenerate: "Degenerate results", "set aside": "Set aside", clusters: "Repeats in two groups", "look-alikes": "Look-alikes",
  "no effect": "Without effect", avoid: "To be avoided", bundles: "Bundles", domains: "Energy domains", energy: "How the joules were come by",
  model: "How well the model foretells", import: "What was read otherwise than it was written",
};

function showNotes(report) {
  const notes = report.notes ?? [];
  if (notes.length === 0) return leaveOut("notes");
  const kinds = [...new Set([...Object.keys(NOTE_KINDS), ...notes.map((note) => note.kind)])];
  part("notes").append(element("dl", { class: "notes" }, kinds.flatMap((kind) => {
    const some = notes.filter((note) => note.kind === kind);
    if (some.length === 0) return [];
    return [element("dt", {}, NOTE_KINDS[kind] ?? kind), element("dd", {}, element("ul", {}, some.map(noteLine)))];
  })));
}

function noteLine(note) {
  const about = note.configurations.length ? ` (${note.configurations.join(", ")})` : "";
  return element("li", {}, note.text, element("span", { class: "about" }, about));
}

function showProvenance(report) {
  const study = report.study;
  const facts = [
    ["turngreen", [study.version]], ["source", [study.source]], ["written", [study.created]], ["seed", [study.seed]],
    ["carbon intensity", [study.carbon_basis ?? (isNumber(study.carbon_intensity_g_per_kwh)
      ? `${numberText(study.carbon_intensity_g_per_kwh)} gCO2e/kWh` : null)]],
    ["price", [isNumber(study.price_per_kwh) ? `${numberText(study.price_per_kwh)} ${study.currency ?? ""} per kWh` : null]],
    ...(report.provenance ?? []).map(({ name, values }) =>
      [name, values.map(({ value, trials }) => `${value} (${countText(trials, "trial")})`)]),
  ].filter(([, values]) => values.some((value) => value !== null && value !== undefined && value !== ""));
  part("provenance").append(simpleTable("What the trials ran on, and what this report was made with", ["what", "value"],
    facts.map(([name, values]) => [name, values.join("; ")]), [1]));
}
