#include "turngreen/explore/classification_scores.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace turngreen::explore {
namespace {

double ratio(double part, double whole) { return whole > 0 ? part / whole : 0.0; }

/// Twice the hits over all that was true or answered; 0 where the class was neither.
double f1(const ClassCount& count) {
  return ratio(2 * static_cast<double>(count.correct),
               static_cast<double>(count.truth) + static_cast<double>(count.predicted));
}

double mean_recall(std::span<const ClassCount> counts) {
  double sum = 0;
  double classes = 0;
  for (const ClassCount& count : counts) {
    if (count.truth == 0) continue;
    sum += static_cast<double>(count.correct) / static_cast<double>(count.truth);
    ++classes;
  }
  return ratio(sum, classes);
}

double macro_f1(std::span<const ClassCount> counts) {
  double sum = 0;
  double classes = 0;
  for (const ClassCount& count : counts) {
    if (count.truth == 0 && count.predicted == 0) continue;
    sum += f1(count);
    ++classes;
  }
  return ratio(sum, classes);
}

double weighted_f1(std::span<const ClassCount> counts) {
  double sum = 0;
  double rows = 0;
  for (const ClassCount& count : counts) {
    sum += static_cast<double>(count.truth) * f1(count);
    rows += static_cast<double>(count.truth);
  }
  return ratio(sum, rows);
}

double accuracy(std::span<const ClassCount> counts) {
  double correct = 0;
  double rows = 0;
  for (const ClassCount& count : counts) {
    correct += static_cast<double>(count.correct);
    rows += static_cast<double>(count.truth);
  }
  return ratio(correct, rows);
}

double matthews_correlation(std::span<const ClassCount> counts) {
  double rows = 0;
  double correct = 0;
  double agreement_by_chance = 0;
  double truth_squares = 0;
  double predicted_squares = 0;
  for (const ClassCount& count : counts) {
    const auto truth = static_cast<double>(count.truth);
    const auto predicted = static_cast<double>(count.predicted);
    rows += truth;
    correct += static_cast<double>(count.correct);
    agreement_by_chance += truth * predicted;
    truth_squares += truth * truth;
    predicted_squares += predicted * predicted;
  }
  const double covariance = correct * rows - agreement_by_chance;
  const double variances = (rows * rows - predicted_squares) * (rows * rows - truth_squares);
  return variances > 0 ? covariance / std::sqrt(variances) : 0.0;
}

/// Lower case, letters and digits only, in words: "eval_F1-macro" is eval, f1, macro.
std::vector<std::string> words_of(std::string_view metric) {
  std::vector<std::string> words(1);
  for (const char c : metric) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      words.back() += upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

constexpr std::array<std::string_view, 7> kSplits{"eval", "dev",   "test",      "train",
                                                  "val",  "valid", "validation"};
/// Words in alphabetical order, put together.
constexpr std::array<std::pair<std::string_view, Score>, 19> kNames{{
    {"acc", Score::accuracy},
    {"accuracy", Score::accuracy},
    {"accbalanced", Score::balanced_accuracy},
    {"accuracybalanced", Score::balanced_accuracy},
    {"balancedaccuracy", Score::balanced_accuracy},
    {"balancedacc", Score::balanced_accuracy},
    {"f1macro", Score::f1_macro},
    {"macrof1", Score::f1_macro},
    {"f1weighted", Score::f1_weighted},
    {"weightedf1", Score::f1_weighted},
    {"mcc", Score::mcc},
    {"matthews", Score::mcc},
    {"coefcorrmatthews", Score::mcc},
    {"corrcoefmatthews", Score::mcc},
    {"matthewscorrcoef", Score::mcc},
    {"correlationmatthews", Score::mcc},
    {"coefficientcorrelationmatthews", Score::mcc},
    {"matthewscorrelation", Score::mcc},
    {"matthewscorrelationcoefficient", Score::mcc},
}};

}  // namespace

std::string_view to_string(Score score) {
  switch (score) {
    case Score::accuracy:
      return "accuracy";
    case Score::balanced_accuracy:
      return "balanced accuracy";
    case Score::f1_macro:
      return "macro-F1";
    case Score::f1_weighted:
      return "weighted F1";
    case Score::mcc:
      return "MCC";
  }
  return "";
}

std::optional<Score> parse_score(std::string_view metric) {
  std::vector<std::string> words = words_of(metric);
  if (!words.empty() && std::ranges::find(kSplits, words.front()) != kSplits.end()) {
    words.erase(words.begin());
  }
  std::erase_if(words, [](const std::string& word) {
    return word == "score" || word == "avg" || word == "average";
  });
  std::ranges::sort(words);
  std::string joined;
  for (const std::string& word : words) joined += word;
  const auto found = std::ranges::find(kNames, joined, &std::pair<std::string_view, Score>::first);
  return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

ClassTally tally(std::span<const std::uint32_t> truth, std::span<const std::uint32_t> predicted,
                 std::size_t classes) {
  ClassTally counts(classes);
  for (std::size_t row = 0; row < truth.size(); ++row) {
    ++counts[truth[row]].truth;
    ++counts[predicted[row]].predicted;
    if (truth[row] == predicted[row]) ++counts[truth[row]].correct;
  }
  return counts;
}

double score_of(Score score, std::span<const ClassCount> counts) {
  switch (score) {
    case Score::accuracy:
      return accuracy(counts);
    case Score::balanced_accuracy:
      return mean_recall(counts);
    case Score::f1_macro:
      return macro_f1(counts);
    case Score::f1_weighted:
      return weighted_f1(counts);
    case Score::mcc:
      return matthews_correlation(counts);
  }
  return 0;
}

std::size_t majority_class(std::span<const std::uint64_t> class_counts) {
  return static_cast<std::size_t>(std::ranges::max_element(class_counts) - class_counts.begin());
}

double majority_score(Score score, std::span<const std::uint64_t> class_counts) {
  ClassTally counts;
  std::uint64_t rows = 0;
  for (const std::uint64_t truth : class_counts) {
    counts.push_back({truth, 0, 0});
    rows += truth;
  }
  ClassCount& majority = counts[majority_class(class_counts)];
  majority.predicted = rows;
  majority.correct = majority.truth;
  return score_of(score, counts);
}

}  // namespace turngreen::explore
