#pragma once

#include <string>

#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

/// The account in Prometheus's text exposition format 0.0.4, for a scrape in the middle of a run or
/// its end. What was not measured has no line. Energies of a stage include its children; the series
/// with "own" in their name add up over stages. Domains with counted="false" are contained in
/// others: leave them out of sums.
std::string prometheus_text(const energy::Statement& statement, pipeline::Scope scope);

/// The same, with what is known of a whole run: its exit status, its carbon and its energy above
/// idle.
std::string prometheus_text(const pipeline::Measurement& measurement);

}  // namespace turngreen::report
