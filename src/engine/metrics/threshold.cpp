#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "class_counts.h"
#include "turngreen/engine/metrics/metrics.h"
#include "turngreen/engine/metrics/probabilities.h"
#include "turngreen/units/text.h"

namespace turngreen::metrics {
namespace {

struct Objective {
  std::string_view name;
  std::optional<double> (*value)(ClassCounts counts);
};

constexpr std::array<Objective, 6> kObjectives = {{
    {"f1_macro", macro_f1},
    {"mcc", matthews},
    {"accuracy", accuracy},
    {"balanced_accuracy", balanced_accuracy},
    {"f1_weighted", weighted_f1},
    {"f1", [](ClassCounts counts) { return f1(counts[1]); }},
}};

struct Row {
  double probability;  ///< of class 1
  bool is_one;
};

std::vector<Row> sorted_rows(const Outputs& outputs) {
  std::vector<Row> rows;
  for (std::size_t row = 0; row < outputs.classes.size(); ++row) {
    const auto both = probabilities(std::span(outputs.logits).subspan(2 * row, 2), outputs.problem);
    rows.push_back({both[1], outputs.classes[row] == 1});
  }
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return a.probability > b.probability; });
  return rows;
}

Result<const Objective*> objective_named(std::string_view name) {
  std::string names;
  for (const Objective& objective : kObjectives) {
    if (objective.name == name) return &objective;
    names += (names.empty() ? "" : ", ") + std::string(objective.name);
  }
  return fail(Error::Kind::invalid_input,
              fmt::format("no threshold can be chosen by {}: choose one of {}",
                          units::in_quotes(name), names));
}

/// Counts of both classes where the first `above` rows are answered 1.
std::array<ClassCount, 2> counts_at(std::size_t above, double ones_above, double ones,
                                    std::size_t rows) {
  const auto answered = static_cast<double>(above);
  const auto all = static_cast<double>(rows);
  const double zeros_below = (all - answered) - (ones - ones_above);
  return {{{all - ones, all - answered, zeros_below}, {ones, answered, ones_above}}};
}

}  // namespace

Result<Threshold> choose_threshold(const Outputs& outputs, std::string_view metric) {
  if (outputs.problem != checkpoint::Problem::single_label || outputs.outputs != 2) {
    return fail(Error::Kind::invalid_input,
                fmt::format("a threshold is for two classes, of which a row has one; this model "
                            "has {} outputs",
                            outputs.outputs));
  }
  const auto objective = objective_named(metric);
  if (!objective) return tl::unexpected<Error>(objective.error());
  if (std::any_of(outputs.logits.begin(), outputs.logits.end(),
                  [](float x) { return !std::isfinite(x); })) {
    return fail(Error::Kind::invalid_input,
                "no threshold can be chosen: the model's answers are no finite numbers");
  }
  const auto rows = sorted_rows(outputs);
  const auto ones = static_cast<double>(
      std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.is_one; }));
  if (ones == 0 || ones == static_cast<double>(rows.size())) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("no threshold can be chosen: all {} rows are of one class", rows.size()));
  }

  std::optional<Threshold> best;
  double ones_above = 0;
  for (std::size_t above = 0; above <= rows.size(); ++above) {
    if (above > 0 && rows[above - 1].is_one) ++ones_above;
    const double upper = above == 0 ? 1 : rows[above - 1].probability;
    const double lower = above == rows.size() ? 0 : rows[above].probability;
    if (upper == lower) continue;  // no threshold parts equal ones
    const double middle = lower + (upper - lower) / 2;
    const double between = middle > lower ? middle : upper;
    const auto value = (*objective)->value(counts_at(above, ones_above, ones, rows.size()));
    if (!value) continue;
    // 0.5 itself, where it parts the rows likewise.
    const double place = lower < 0.5 && 0.5 <= upper ? 0.5 : between;
    const bool is_better =
        !best || *value > best->value ||
        (*value == best->value && std::abs(place - 0.5) < std::abs(best->probability - 0.5));
    if (is_better) best = Threshold{place, *value};
  }
  return best.value_or(Threshold{});
}

}  // namespace turngreen::metrics
