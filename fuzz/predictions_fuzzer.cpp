#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "require.h"
#include "turngreen/explore/classification_scores.h"
#include "turngreen/explore/guard.h"
#include "turngreen/explore/paired_bootstrap.h"
#include "turngreen/explore/predictions.h"

namespace turngreen::explore {
namespace {

using fuzz::require;

constexpr double kRounding = 1e-9;

void check_rows(const Predictions& found) {
  require(found.rows() > 0, "predictions hold a row");
  require(found.predicted.size() == found.rows(), "each row has an answer");
  require(found.ids.empty() || found.ids.size() == found.rows(), "all rows have an id or none");
  require(std::set(found.ids.begin(), found.ids.end()).size() == found.ids.size(),
          "an id names one row");
  require(found.classes.size() <= kMostClasses, "classes are bounded");
  require(std::set(found.classes.begin(), found.classes.end()).size() == found.classes.size(),
          "a class has one number");
  const auto known = [&](std::uint32_t index) { return index < found.classes.size(); };
  require(std::ranges::all_of(found.truth, known) && std::ranges::all_of(found.predicted, known),
          "rows are of known classes");
}

void check_scores(const Predictions& found) {
  const ClassTally counts = tally(found.truth, found.predicted, found.classes.size());
  const auto paired = pair_answers(found, found);
  require(paired.has_value(), "predictions can be compared with themselves");
  for (const Score kind : kScores) {
    const double score = score_of(kind, counts);
    require(score >= (kind == Score::mcc ? -1 : 0) - kRounding && score <= 1 + kRounding,
            "a score lies in its range");
    const ScoreDrop same = paired_bootstrap(kind, *paired, {.resamples = 5});
    require(same.drop == units::Bounded<double>{}, "nothing is worse than itself");
    const ScoreDrop drop = paired_bootstrap(kind, pair_with_majority(found), {.resamples = 5});
    require(std::abs(drop.candidate - score) < kRounding, "cells score as rows do");
    require(drop.drop.low <= drop.drop.high, "an interval has its ends in order");
    require(drop.probability_beyond_budget >= 0 && drop.probability_beyond_budget <= 1,
            "a probability is one");
  }
}

void check_guard(const Predictions& found) {
  study::QualityBudget quality;
  quality.metric = "accuracy";
  const GuardVerdict verdict = judge(quality, {}, &found);
  require(verdict.reason.empty() == (verdict.ruling == GuardVerdict::Ruling::sound),
          "a verdict explains itself");
  const bool constant = std::ranges::count(found.predicted, found.predicted.front()) ==
                        static_cast<std::ptrdiff_t>(found.rows());
  require(!constant || verdict.ruling != GuardVerdict::Ruling::sound,
          "a constant predictor is never sound");
}

void feed(std::string_view text) {
  const auto parsed = parse_predictions(text, "rows.csv", {});
  if (!parsed) {
    require(parsed.error().message.starts_with("rows.csv"), "an error names the file");
    return;
  }
  check_rows(*parsed);
  check_scores(*parsed);
  check_guard(*parsed);
}

}  // namespace
}  // namespace turngreen::explore

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::explore::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
