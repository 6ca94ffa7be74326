#include "metric_expressions.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "turngreen/units/text.h"

namespace turngreen::pipeline {

MetricExpressions::MetricExpressions(std::span<const MetricPattern> patterns, FaultLines& faults) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(RE2::Options::EncodingLatin1);  // programs print any bytes
  for (const MetricPattern& pattern : patterns) {
    auto expression = std::make_unique<RE2>(pattern.expression, options);
    if (!expression->ok()) {
      faults.add(fmt::format("the expression {} for the metric {} is not understood: {}",
                             units::in_quotes(pattern.expression), pattern.metric,
                             expression->error()));
    } else if (expression->NumberOfCapturingGroups() < 1) {
      faults.add(fmt::format(
          "the expression {} for the metric {} has no group; put the number in parentheses",
          units::in_quotes(pattern.expression), pattern.metric));
    } else {
      rows_.push_back({pattern.metric, std::move(expression)});
    }
  }
}

MetricExpressions::MetricExpressions(MetricExpressions&&) noexcept = default;
MetricExpressions::~MetricExpressions() = default;

void MetricExpressions::search(std::string_view line,
                               std::map<std::string, std::string>& found) const {
  for (const auto& [metric, expression] : rows_) {
    re2::StringPiece rest(line.data(), line.size());
    re2::StringPiece group;
    while (RE2::FindAndConsume(&rest, *expression, &group)) {
      if (group.data() != nullptr) found[metric] = std::string(group.data(), group.size());
      // A match of nothing would be found for ever.
      if (rest.empty()) break;
      if (group.empty()) rest.remove_prefix(1);
    }
  }
}

}  // namespace turngreen::pipeline
