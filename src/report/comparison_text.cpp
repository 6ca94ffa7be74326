#include "turngreen/report/comparison_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "display_text.h"
#include "scaled_number.h"
#include "text_grid.h"

namespace turngreen::report {
namespace {

using explore::ComparedQuantity;
using explore::RepeatMean;
using explore::Significance;
using Kind = ComparedQuantity::Kind;
using Align = TextGrid::Align;

constexpr const char* kNone = "-";
constexpr std::size_t kMayBeShortened = 9;

/// Both are shown in the unit that suits the larger.
Scale scale_of(const ComparedQuantity& quantity) {
  double largest = 0;
  for (const auto& mean : {quantity.first, quantity.second}) {
    if (mean) largest = std::max(largest, std::abs(mean->mean));
  }
  if (quantity.kind == Kind::energy) return joule_scale(largest);
  if (quantity.kind == Kind::seconds) return second_scale(largest);
  return {};
}

/// The upper half: the lower one ends at 0 where it must.
std::optional<double> margin_of(const std::optional<units::Bounded<double>>& interval) {
  return interval ? std::optional(interval->high - interval->value) : std::nullopt;
}

/// With the number of runs where not all full runs told it.
std::string mean_text(const std::optional<RepeatMean>& mean, const Scale& scale,
                      std::size_t full_runs) {
  if (!mean) return "not measured";
  std::string text = with_margin(mean->mean, margin_of(mean->interval), scale);
  if (mean->runs != full_runs) text += fmt::format(" ({} of {} runs)", mean->runs, full_runs);
  return text;
}

std::string p_text(const std::optional<double>& p) {
  if (!p) return kNone;
  return *p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", *p);
}

std::string verdict(const ComparedQuantity& quantity, const study::QualityBudget& budget) {
  if (quantity.significance == Significance::not_testable) return "not testable";
  if (quantity.significance == Significance::not_distinguishable) return "not told apart";
  const bool more = *quantity.difference > 0;
  if (quantity.kind != Kind::metric) return more ? "more" : "less";
  if (quantity.name != budget.metric) return more ? "higher" : "lower";
  return more == budget.higher_is_better ? "better" : "worse";
}

std::string name_of(const ComparedQuantity& quantity) {
  if (quantity.kind == Kind::metric) return printable(quantity.name);
  const char* what = quantity.kind == Kind::energy ? "energy" : "time";
  return quantity.stage.empty() ? what : fmt::format("{}, {}", what, printable(quantity.stage));
}

std::string heading(const char* letter, const std::string& name, std::size_t runs) {
  return fmt::format("{}  {}, {} full run{}\n", letter, printable(name), runs,
                     runs == 1 ? "" : "s");
}

std::string by_rows_text(const explore::Comparison& comparison, const std::string& metric) {
  if (!comparison.by_rows) return {};
  const auto& drop = comparison.by_rows->drop;
  const auto& interval = drop.drop;
  const char* words = interval.low > 0    ? "B is worse"
                      : interval.high < 0 ? "B is better"
                                          : "not told apart";
  return fmt::format(
      "\non the same {} rows: {} {:.6g} and {:.6g}, B - A {:+.3g} ({:+.3g} .. {:+.3g}): {}\n",
      comparison.by_rows->rows, printable(metric), drop.baseline, drop.candidate, -interval.value,
      -interval.high, -interval.low, words);
}

}  // namespace

std::string comparison_text(const explore::Comparison& comparison, const study::StudyFile& study,
                            const TableStyle& style) {
  std::string text = heading("A", comparison.first_name, comparison.first_runs) +
                     heading("B", comparison.second_name, comparison.second_runs) + "\n";
  TextGrid grid({{"quantity", Align::left},
                 {"A"},
                 {"B"},
                 {"B - A"},
                 {"change"},
                 {"verdict on B", Align::left},
                 {"p"}});
  bool untestable = false;
  for (const auto& quantity : comparison.quantities) {
    const Scale scale = scale_of(quantity);
    const bool told = quantity.significance == Significance::different;
    untestable = untestable || (quantity.first && quantity.second &&
                                quantity.significance == Significance::not_testable);
    grid.add({name_of(quantity), mean_text(quantity.first, scale, comparison.first_runs),
              mean_text(quantity.second, scale, comparison.second_runs),
              quantity.difference
                  ? with_margin(*quantity.difference, margin_of(quantity.interval), scale, true)
                  : kNone,
              quantity.change ? fmt::format("{:+.1f} %", 100 * *quantity.change) : kNone,
              verdict(quantity, study.quality), p_text(quantity.p_value)},
             told ? TextGrid::Emphasis::strong : TextGrid::Emphasis::none);
  }
  // Rather shorten the names a little than lose p.
  const std::size_t needed = grid.width(7) <= style.columns + kMayBeShortened ? 7 : 6;
  text += grid.text(style.columns, needed, style.colour);
  text += "\n+- is half of the 95 % interval; p is that of Welch's t test\n";
  if (untestable) {
    text += "not testable: one run each, and no configuration was repeated to tell the scatter\n";
  }
  return text + by_rows_text(comparison, study.quality.metric);
}

}  // namespace turngreen::report
