// How well each energy domain agrees with itself between repeats.

function showDomains(report) {
  const domains = report.domains ?? [];
  if (domains.length === 0) return leaveOut("domains");
  part("domains").append(simpleTable("Largest over least joules of a stage among repeats",
    ["domain", "share of the energy", "stages compared", "median", "worst", "worst in", "mean power, least to most"],
    domains.map((domain) => [domain.domain, percentText(domain.share), String(domain.groups),
      `× ${numberText(domain.median_ratio, 3)}`, `× ${numberText(domain.worst_ratio, 3)}`,
      domain.worst_configuration ? `${domain.worst_configuration}, ${domain.worst_stage}` : NOT_MEASURED,
      domain.power ? powerText(domain.power) : NOT_MEASURED]), [5, 6]));
}

function powerText(power) {
  return `${numberText(power.least_w, 3)} W (${power.least_configuration}) to ` +
    `${numberText(power.most_w, 3)} W (${power.most_configuration}), ${power.stage}`;
}
