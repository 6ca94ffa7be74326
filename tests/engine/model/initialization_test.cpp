#include "model/initialization.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>

#include "tensor_values.h"

namespace turngreen::model {
namespace {

at::Tensor drawn(const Initial& initial, std::uint64_t seed) {
  at::Generator generator = at::detail::createCPUGenerator(seed);
  return initial_values({200, 100}, initial, generator);
}

TEST(Initialization, draws_the_same_from_the_same_seed) {
  const auto normal = Initial::normal(0.02);
  EXPECT_EQ(difference(drawn(normal, 7), drawn(normal, 7)), 0);
  EXPECT_GT(difference(drawn(normal, 7), drawn(normal, 8)), 0);
}

TEST(Initialization, has_the_deviation_asked_for) {
  EXPECT_NEAR(drawn(Initial::normal(0.02), 7).std().item<double>(), 0.02, 4e-4);
}

TEST(Initialization, cuts_a_truncated_normal_off) {
  const at::Tensor values = drawn(Initial::truncated_normal(0.02, 2), 7);
  EXPECT_LE(values.abs().max().item<double>(), 0.04 + 1e-8);
  // What is left of a normal distribution within two deviations has 0.8796 of its deviation.
  EXPECT_NEAR(values.std().item<double>(), 0.8796 * 0.02, 4e-4);
}

}  // namespace
}  // namespace turngreen::model
