#pragma once

#include <optional>
#include <span>

namespace turngreen::metrics {

/// How often a class was right, was answered, and was both. Whole numbers.
struct ClassCount {
  double truth = 0;
  double answered = 0;
  double correct = 0;
};
using ClassCounts = std::span<const ClassCount>;  ///< one for each class

std::optional<double> precision(const ClassCount& count);  ///< absent where it was never answered
std::optional<double> recall(const ClassCount& count);     ///< absent where it has no rows
std::optional<double> f1(const ClassCount& count);         ///< absent where both

std::optional<double> macro_f1(ClassCounts counts);           ///< of those that have an F1
std::optional<double> weighted_f1(ClassCounts counts);        ///< weighted by rows
std::optional<double> micro_f1(ClassCounts counts);           ///< all classes together
std::optional<double> accuracy(ClassCounts counts);           ///< of single-label problems
std::optional<double> balanced_accuracy(ClassCounts counts);  ///< mean recall

/// Matthews correlation for any number of classes (Gorodkin 2004). Absent where the rows are of one
/// class. Where the answers are, it is 0, its limit: they tell nothing of the truth (Chicco and
/// Jurman 2020).
std::optional<double> matthews(ClassCounts counts);

}  // namespace turngreen::metrics
