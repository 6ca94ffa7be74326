#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace turngreen::explore {

/// Scores of a classifier, as scikit-learn defines them (with zero_division=0): higher is better,
/// 1 is perfect.
enum class Score {
  accuracy,
  balanced_accuracy,  ///< mean recall of the classes that occur in the truth
  f1_macro,           ///< mean over the classes that occur in the truth or are predicted
  f1_weighted,        ///< mean over the classes, weighted by their rows in the truth
  mcc,                ///< Matthews correlation for any number of classes (Gorodkin 2004); from -1
};
inline constexpr std::array kScores{Score::accuracy, Score::balanced_accuracy, Score::f1_macro,
                                    Score::f1_weighted, Score::mcc};
std::string_view to_string(Score score);  ///< "macro-F1", as people write it

/// The score that a pipeline's metric of that name is. Case, punctuation, word order and a split's
/// name before it do not count: "f1_macro", "eval_macro_f1", "Macro F1-score". Absent: none of them
/// ("f1" alone does not say which).
std::optional<Score> parse_score(std::string_view metric);

/// How often one class was right, was answered, and was both.
struct ClassCount {
  std::uint64_t truth = 0;
  std::uint64_t predicted = 0;
  std::uint64_t correct = 0;
};

/// All that the scores need of a confusion matrix: its margins and its diagonal.
using ClassTally = std::vector<ClassCount>;  ///< one for each class

/// Spans of equal length; each entry below `classes`.
ClassTally tally(std::span<const std::uint32_t> truth, std::span<const std::uint32_t> predicted,
                 std::size_t classes);
/// 0 where the score is not defined (no rows).
double score_of(Score score, std::span<const ClassCount> counts);

/// The index of the class with the most rows, the first of equals. `class_counts` is not empty.
std::size_t majority_class(std::span<const std::uint64_t> class_counts);
/// What always answering that class scores.
double majority_score(Score score, std::span<const std::uint64_t> class_counts);

}  // namespace turngreen::explore
