#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "train_data.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

constexpr std::size_t kMostClassesTold = 10;

}  // namespace

std::vector<std::int64_t> rows_of_classes(const TrainingRows& rows) {
  if (rows.training.classes.empty()) return {};
  std::vector<std::int64_t> counts(rows.labels.names.size());
  for (const std::int64_t of : rows.training.classes) ++counts[static_cast<std::size_t>(of)];
  return counts;
}

std::string training_rows_text(const TrainingRows& rows) {
  std::string text;
  const auto repeats = rows.left_out.rows.size();
  if (rows.bad_rows > 0) text += fmt::format("  left out     {} bad rows\n", rows.bad_rows);
  if (repeats > 0) {
    text += fmt::format(
        "  left out     {} training rows that repeat others, {} of them with another "
        "label\n",
        repeats, rows.left_out.of_other_label);
  }
  const bool is_sample = rows.training.size() < rows.before_sampling;
  if (is_sample)
    text += fmt::format("  sample       {} of {} training rows\n", rows.training.size(),
                        rows.before_sampling);
  if (rows.cached_rows > 0) text += fmt::format("  token cache  {} rows\n", rows.cached_rows);
  const auto counts = rows_of_classes(rows);
  if ((!is_sample && repeats == 0) || counts.empty()) return text;
  std::vector<std::string> told;
  for (std::size_t n = 0; n < std::min(counts.size(), kMostClassesTold); ++n)
    told.push_back(fmt::format("{} {}", rows.labels.names[n], counts[n]));
  const auto more = counts.size() - told.size();
  return text + fmt::format("  of classes   {}{}\n", fmt::join(told, ", "),
                            more > 0 ? fmt::format(" and {} more", more) : "");
}

nlohmann::ordered_json training_rows_json(const TrainingRows& rows) {
  nlohmann::ordered_json of_classes = nlohmann::ordered_json::object();
  const auto counts = rows_of_classes(rows);
  for (std::size_t n = 0; n < counts.size(); ++n) of_classes[rows.labels.names[n]] = counts[n];
  return {{"training", rows.training.size()},
          {"of_classes", std::move(of_classes)},
          {"before_sampling", rows.before_sampling},
          {"repeats_left_out", rows.left_out.rows.size()},
          {"repeats_of_other_label", rows.left_out.of_other_label},
          {"validation", rows.validation ? rows.validation->size() : 0},
          {"cached", rows.cached_rows},
          {"validation_repeats", rows.validation_repeats},
          {"test", rows.test ? rows.test->size() : 0},
          {"test_repeats", rows.test_repeats}};
}

void tell_training_rows(const TrainingRows& rows, const DataOptions& options) {
  run::effective("dedup", std::string(name_in(kDedups, options.dedup.dedup)));
  run::effective("sampling", std::string(name_in(kSamplings, options.sample.sampling)));
  run::effective("token_cache", std::string(name_in(kTokenCaches, options.token_cache)));
  // What was asked for, where no other number of rows is nearer to it: shares of 7 rows are
  // sevenths.
  const auto all = static_cast<double>(rows.before_sampling);
  const double taken = static_cast<double>(rows.training.size()) / all;
  const bool is_as_asked = std::abs(taken - options.sample.fraction) * all <= 0.5;
  run::effective("sample_fraction", is_as_asked ? options.sample.fraction : taken);
  run::metric("training_rows", static_cast<double>(rows.training.size()));
  run::metric("cached_rows", static_cast<double>(rows.cached_rows));
  run::metric("repeats_left_out", static_cast<double>(rows.left_out.rows.size()));
  run::metric("validation_repeats", static_cast<double>(rows.validation_repeats));
}

}  // namespace turngreen::engine
