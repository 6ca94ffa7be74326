#include "class_counts.h"

#include <cmath>

#include "score_table.h"

namespace turngreen::metrics {
namespace {

std::optional<double> ratio(double part, double whole) {
  return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

ClassCount sum_of(ClassCounts counts) {
  ClassCount sum;
  for (const ClassCount& count : counts) {
    sum.truth += count.truth;
    sum.answered += count.answered;
    sum.correct += count.correct;
  }
  return sum;
}

}  // namespace

std::optional<double> precision(const ClassCount& count) {
  return ratio(count.correct, count.answered);
}

std::optional<double> recall(const ClassCount& count) { return ratio(count.correct, count.truth); }

std::optional<double> f1(const ClassCount& count) {
  return ratio(2 * count.correct, count.truth + count.answered);
}

std::optional<double> macro_f1(ClassCounts counts) {
  Mean mean;
  for (const ClassCount& count : counts) mean.add(f1(count));
  return mean.value();
}

std::optional<double> weighted_f1(ClassCounts counts) {
  Mean mean;
  for (const ClassCount& count : counts) mean.add(f1(count), count.truth);
  return mean.value();
}

std::optional<double> micro_f1(ClassCounts counts) { return f1(sum_of(counts)); }

std::optional<double> accuracy(ClassCounts counts) { return recall(sum_of(counts)); }

std::optional<double> balanced_accuracy(ClassCounts counts) {
  Mean mean;
  for (const ClassCount& count : counts) mean.add(recall(count));
  return mean.value();
}

std::optional<double> matthews(ClassCounts counts) {
  const ClassCount sum = sum_of(counts);
  double both = 0;
  double truth = 0;
  double answered = 0;
  for (const ClassCount& count : counts) {
    both += count.truth * count.answered;
    truth += count.truth * count.truth;
    answered += count.answered * count.answered;
  }
  const double rows = sum.truth;
  if (rows * rows == truth) return std::nullopt;
  if (rows * rows == answered) return 0;
  return (sum.correct * rows - both) / std::sqrt((rows * rows - answered) * (rows * rows - truth));
}

}  // namespace turngreen::metrics
