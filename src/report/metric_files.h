#pragma once

#include <string_view>
#include <vector>

#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// Whether a file of that name is meant to hold the metrics of a run: test_metrics.json,
/// eval_results.json, all_results.json, scores.csv; not trainer_state.json or config.json.
bool may_hold_metrics(std::string_view file_name);

/// Whether JSON text is a CodeCarbon row, which holds no metrics.
bool is_codecarbon_json(std::string_view json);

/// The metrics of a CSV file: one row of numbers below their names, or a name and a number in each
/// row. Cells that are no numbers are passed over. Error: it is of neither form; a number is not
/// finite; more than 1,000; a name that occurs twice or is longer than 256 bytes.
Result<std::vector<pipeline::Metric>> parse_metric_csv(std::string_view csv);

}  // namespace turngreen::report
