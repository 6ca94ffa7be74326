#include "prediction_rows.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::explore {

Result<void> PredictionRows::add(const PredictionRow& row) {
  if (count() == kMostPredictionRows) {
    return fail(Error::Kind::invalid_input, fmt::format("more than {} rows; {} are allowed",
                                                        kMostPredictionRows, kMostPredictionRows));
  }
  if (count() > 0 && row.id.has_value() == found_.ids.empty()) {
    return fail(Error::Kind::invalid_input,
                "some rows have an id and some have none; give one to all rows or to none");
  }
  const auto truth = labels_.index_of(row.truth);
  if (!truth) return tl::unexpected(truth.error());
  const auto predicted = labels_.index_of(row.predicted);
  if (!predicted) return tl::unexpected(predicted.error());
  if (row.id) {
    const auto [place, is_new] = seen_ids_.emplace(*row.id);
    if (!is_new) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("the id {} stands in an earlier row too; an id names one row",
                              units::in_quotes(*row.id)));
    }
    found_.ids.push_back(*place);
  }
  found_.truth.push_back(*truth);
  found_.predicted.push_back(*predicted);
  return {};
}

Predictions PredictionRows::take() && {
  found_.classes = labels_.take();
  return std::move(found_);
}

std::string missing_column(std::string_view what, std::string_view column,
                           std::span<const std::string> found) {
  std::string text = fmt::format("there is no {} {}", what, units::in_quotes(column));
  if (const auto nearest = units::nearest_word(column, found)) {
    return text + fmt::format("; did you mean {}?", units::in_quotes(*nearest));
  }
  constexpr std::size_t kMostShown = 8;
  std::vector<std::string> shown;
  for (const std::string& word : found.first(std::min(found.size(), kMostShown))) {
    shown.push_back(units::in_quotes(word));
  }
  if (found.size() > kMostShown) shown.emplace_back("...");
  return text + fmt::format("; found {}; name the right one in the study file's quality section",
                            fmt::join(shown, ", "));
}

}  // namespace turngreen::explore
