#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "class_names.h"
#include "turngreen/engine/metrics/metrics.h"
#include "turngreen/engine/metrics/probabilities.h"

namespace turngreen::metrics {
namespace {

std::size_t rows_with_nonnumbers(const Outputs& outputs) {
  const auto width = static_cast<std::size_t>(outputs.outputs);
  std::size_t rows = 0;
  for (std::size_t at = 0; at < outputs.logits.size(); at += width) {
    const auto row = std::span(outputs.logits).subspan(at, width);
    const bool is_finite =
        std::all_of(row.begin(), row.end(), [](float x) { return std::isfinite(x); });
    if (!is_finite) ++rows;
  }
  return rows;
}

/// The one class that all of these are, if so.
std::optional<std::size_t> only_class(std::span<const std::int64_t> classes) {
  const auto first = classes.empty() ? std::int64_t{-1} : classes.front();
  const bool is_one =
      std::all_of(classes.begin(), classes.end(), [&](std::int64_t k) { return k == first; });
  return is_one && first >= 0 ? std::optional(static_cast<std::size_t>(first)) : std::nullopt;
}

std::vector<std::int64_t> answers_of(const Outputs& outputs, const MetricOptions& options) {
  const auto width = static_cast<std::size_t>(outputs.outputs);
  std::vector<std::int64_t> answers;
  for (std::size_t at = 0; at < outputs.logits.size(); at += width) {
    const auto all = probabilities(std::span(outputs.logits).subspan(at, width), outputs.problem);
    answers.push_back(answered_class(all, options.threshold));
  }
  return answers;
}

void add_class_warnings(std::vector<std::string>& all, const Outputs& outputs,
                        const MetricOptions& options) {
  constexpr std::size_t kNamed = 5;
  const auto truth = only_class(outputs.classes);
  if (const auto answer = only_class(answers_of(outputs, options)); answer && !truth) {
    all.push_back(
        fmt::format("every answer is class '{}': the model tells the rows apart no more "
                    "than a constant does",
                    class_name(options, *answer)));
  }
  if (truth) {
    all.push_back(fmt::format("every row is of class '{}': mcc and roc_auc are not defined",
                              class_name(options, *truth)));
    return;
  }
  std::vector<bool> has_rows(static_cast<std::size_t>(outputs.outputs));
  for (const std::int64_t k : outputs.classes) has_rows[static_cast<std::size_t>(k)] = true;
  std::string named;
  std::size_t absent = 0;
  for (std::size_t k = 0; k < has_rows.size(); ++k) {
    if (has_rows[k] || ++absent > kNamed) continue;
    named += fmt::format("{}'{}'", named.empty() ? "" : ", ", class_name(options, k));
  }
  if (absent == 0) return;
  all.push_back(fmt::format("{} of {} classes have no rows here: {}{}", absent, has_rows.size(),
                            named, absent > kNamed ? ", ..." : ""));
}

}  // namespace

std::vector<std::string> warnings(const Outputs& outputs, const MetricOptions& options) {
  if (outputs.outputs <= 0 || outputs.logits.empty()) return {"there are no rows"};
  std::vector<std::string> all;
  if (const std::size_t rows = rows_with_nonnumbers(outputs); rows > 0) {
    all.push_back(
        fmt::format("the model's answers to {} of {} rows are no finite numbers: no "
                    "figure is given",
                    rows, outputs.logits.size() / static_cast<std::size_t>(outputs.outputs)));
    return all;
  }
  if (outputs.problem == checkpoint::Problem::single_label && !outputs.classes.empty()) {
    add_class_warnings(all, outputs, options);
  }
  return all;
}

}  // namespace turngreen::metrics
