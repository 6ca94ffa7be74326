#include "check_labels.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "train/scoring.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::engine {

Result<void> check_classes(const checkpoint::Labels& labels, const std::string& file) {
  if (labels.problem != checkpoint::Problem::single_label || labels.names.size() >= 2) return {};
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: all labels are {}, so there is nothing to learn; name other rows or "
                          "another --label column",
                          file, labels.names.front()));
}

Result<void> check_best_metric(const checkpoint::Labels& labels, const std::string& metric) {
  const auto names = train::metric_names(labels);
  if (std::find(names.begin(), names.end(), metric) != names.end()) return {};
  const auto nearest = units::nearest_word(metric, names);
  return fail(Error::Kind::invalid_input,
              fmt::format("--metric-for-best-model {}: there is no such metric{}; there are {}",
                          metric, nearest ? fmt::format("; did you mean {}?", *nearest) : "",
                          fmt::join(names, ", ")));
}

}  // namespace turngreen::engine
