#include "row_sum.h"

namespace turngreen::linear {
namespace {

void add_to(std::vector<float>& sum, float factor, const std::vector<float>& what) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += factor * what[i];
}

}  // namespace

void RowSum::add(double factor, const RowSum& other) {
  add_to(coefficients, static_cast<float>(factor), other.coefficients);
  add_to(answers, static_cast<float>(factor), other.answers);
}

void RowSum::scale(double factor) {
  for (float& one : coefficients) one *= static_cast<float>(factor);
  for (float& one : answers) one *= static_cast<float>(factor);
}

double dot(const RowSum& a, const RowSum& b) {
  // Four sums, so that one addition need not wait for the other; always the same four.
  constexpr std::size_t kSums = 4;
  double sums[kSums] = {};
  const std::size_t size = a.coefficients.size();
  std::size_t i = 0;
  for (; i + kSums <= size; i += kSums) {
    for (std::size_t k = 0; k < kSums; ++k)
      sums[k] += static_cast<double>(a.coefficients[i + k]) * b.answers[i + k];
  }
  for (; i < size; ++i) sums[0] += static_cast<double>(a.coefficients[i]) * b.answers[i];
  return sums[0] + sums[1] + sums[2] + sums[3];
}

}  // namespace turngreen::linear
