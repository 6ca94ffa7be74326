#include "turngreen/engine/metrics/probabilities.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace turngreen::metrics {
namespace {

double sigmoid(double x) {
  if (x >= 0) return 1 / (1 + std::exp(-x));
  const double power = std::exp(x);
  return power / (1 + power);
}

std::vector<double> softmax(std::span<const float> logits) {
  // With two classes each is the sigmoid of the difference, which keeps more digits.
  if (logits.size() == 2) {
    const double difference = double{logits[1]} - double{logits[0]};
    return {sigmoid(-difference), sigmoid(difference)};
  }
  const double largest = logits.empty() ? 0 : *std::max_element(logits.begin(), logits.end());
  std::vector<double> all(logits.begin(), logits.end());
  for (double& value : all) value = std::exp(value - largest);
  // Sorted, so that rows with the same logits in another order have the same probabilities to the
  // last bit: they tie in a ranking.
  std::vector<double> sorted = all;
  std::sort(sorted.begin(), sorted.end());
  const double sum = std::accumulate(sorted.begin(), sorted.end(), 0.0);
  for (double& value : all) value /= sum;
  return all;
}

}  // namespace

std::vector<double> probabilities(std::span<const float> logits, checkpoint::Problem problem) {
  if (problem == checkpoint::Problem::single_label) return softmax(logits);
  std::vector<double> all(logits.begin(), logits.end());
  if (problem == checkpoint::Problem::multi_label) {
    std::transform(all.begin(), all.end(), all.begin(), sigmoid);
  }
  return all;
}

std::int64_t answered_class(std::span<const double> probabilities,
                            std::optional<double> threshold) {
  if (threshold && probabilities.size() == 2) return probabilities[1] >= *threshold ? 1 : 0;
  return std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
}

std::vector<std::uint8_t> answered_labels(std::span<const double> probabilities,
                                          std::optional<double> threshold) {
  std::vector<std::uint8_t> answered;
  for (const double probability : probabilities) {
    answered.push_back(probability >= threshold.value_or(0.5) ? 1 : 0);
  }
  return answered;
}

}  // namespace turngreen::metrics
