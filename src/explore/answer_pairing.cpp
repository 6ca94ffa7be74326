#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "turngreen/explore/paired_bootstrap.h"
#include "turngreen/units/text.h"

namespace turngreen::explore {
namespace {

using Answer = std::array<std::uint32_t, 3>;  // truth, baseline, candidate

PairedAnswers counted(std::vector<Answer> answers, std::size_t classes) {
  PairedAnswers paired;
  paired.classes = classes;
  paired.rows = answers.size();
  std::ranges::sort(answers);
  for (auto first = answers.begin(); first != answers.end();) {
    const auto end = std::upper_bound(first, answers.end(), *first);
    paired.cells.push_back(
        {(*first)[0], (*first)[1], (*first)[2], static_cast<std::uint64_t>(end - first)});
    first = end;
  }
  std::ranges::stable_sort(paired.cells, std::greater(), &AnswerCell::rows);
  return paired;
}

/// For each class of `other`, its index among all classes of both; those of `first` stay as they
/// are.
std::vector<std::uint32_t> joined_indices(const Predictions& first, const Predictions& other,
                                          std::size_t& classes) {
  std::unordered_map<std::string_view, std::uint32_t> known;
  for (const std::string& name : first.classes) {
    known.emplace(name, static_cast<std::uint32_t>(known.size()));
  }
  std::vector<std::uint32_t> indices;
  for (const std::string& name : other.classes) {
    const auto next = static_cast<std::uint32_t>(known.size());
    indices.push_back(known.try_emplace(name, next).first->second);
  }
  classes = known.size();
  return indices;
}

/// For each row of `baseline`, the row of `candidate` with the same id.
Result<std::vector<std::size_t>> rows_by_id(const Predictions& baseline,
                                            const Predictions& candidate) {
  std::unordered_map<std::string_view, std::size_t> places;
  for (std::size_t row = 0; row < candidate.rows(); ++row) places.emplace(candidate.ids[row], row);
  std::vector<std::size_t> rows;
  rows.reserve(baseline.rows());
  for (const std::string& id : baseline.ids) {
    const auto found = places.find(id);
    if (found == places.end()) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("the baseline's predictions have a row {} and the candidate's have "
                              "none; both must answer the same rows",
                              units::in_quotes(id)));
    }
    rows.push_back(found->second);
  }
  return rows;
}

std::string name_of(const Predictions& predictions, std::size_t row) {
  return predictions.ids.empty() ? fmt::format("{}", row + 1)
                                 : units::in_quotes(predictions.ids[row]);
}

}  // namespace

Result<PairedAnswers> pair_answers(const Predictions& baseline, const Predictions& candidate) {
  if (baseline.rows() != candidate.rows()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the baseline's predictions have {} rows and the candidate's {}; both "
                            "must answer the same rows",
                            baseline.rows(), candidate.rows()));
  }
  std::optional<std::vector<std::size_t>> matched;
  if (!baseline.ids.empty() && !candidate.ids.empty()) {
    auto rows = rows_by_id(baseline, candidate);
    if (!rows) return tl::unexpected(rows.error());
    matched = *std::move(rows);
  }
  std::size_t classes = 0;
  const auto joined = joined_indices(baseline, candidate, classes);
  std::vector<Answer> answers;
  answers.reserve(baseline.rows());
  for (std::size_t row = 0; row < baseline.rows(); ++row) {
    const std::size_t other = matched ? (*matched)[row] : row;
    if (baseline.truth[row] != joined[candidate.truth[other]]) {
      return fail(
          Error::Kind::invalid_input,
          fmt::format("row {} is of class {} in the baseline's predictions and of class {} in the "
                      "candidate's; write the rows in the same order, or with an id",
                      name_of(baseline, row),
                      units::in_quotes(baseline.classes[baseline.truth[row]]),
                      units::in_quotes(candidate.classes[candidate.truth[other]])));
    }
    answers.push_back(
        {baseline.truth[row], baseline.predicted[row], joined[candidate.predicted[other]]});
  }
  return counted(std::move(answers), classes);
}

PairedAnswers pair_with_majority(const Predictions& candidate) {
  const auto majority = static_cast<std::uint32_t>(majority_class(candidate.truth_counts()));
  std::vector<Answer> answers;
  answers.reserve(candidate.rows());
  for (std::size_t row = 0; row < candidate.rows(); ++row) {
    answers.push_back({candidate.truth[row], majority, candidate.predicted[row]});
  }
  return counted(std::move(answers), candidate.classes.size());
}

}  // namespace turngreen::explore
