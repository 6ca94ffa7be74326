#include "kernels/adamw.h"

#include <gtest/gtest.h>

#include "kernels/kernel_set.h"
#include "stored_matrix.h"

namespace turngreen::kernels {
namespace {

constexpr std::int64_t kCount = 16 * 9 + 5;  // all ways through: blocks, vectors, single ones

std::vector<float> floats(const Matrix& values) { return {values.begin(), values.end()}; }

template <typename Check>
void on_each(const Check& check) {
  for (const KernelSet* kernels : kernel_sets()) {
    if (!kernels->supported()) continue;
    for (const Storage storage : {Storage::f32, Storage::bf16}) {
      SCOPED_TRACE(testing::Message()
                   << kernels->name << (storage == Storage::f32 ? " f32" : " bf16"));
      check(*kernels, storage);
    }
  }
}

TEST(Adamw, takes_the_published_step) {
  std::mt19937 random(8);
  const Matrix weights = drawn(random, kCount, 1);
  const Matrix gradients = drawn(random, kCount, 1);
  on_each([&](const KernelSet& kernels, Storage storage) {
    std::vector<float> weight = floats(weights);
    std::vector<float> first(weight.size(), 0.25F);
    std::vector<float> second(weight.size(), 0.5F);
    std::vector<std::uint16_t> shadow(weight.size());
    StoredMatrix gradient(storage, gradients);
    const Matrix rounded = gradient.values();
    AdamwStep step;
    step.shrink = 1 - 0.1F * 0.5F;
    step.rate = 0.1F / (1 - 0.81F);
    step.gradient_scale = 0.5F;
    step.correction2_root = static_cast<float>(std::sqrt(1 - 0.999 * 0.999));
    kernels.adamw(step, {.count = kCount,
                         .gradient_storage = storage,
                         .gradient = gradient.data(),
                         .weight = weight.data(),
                         .first_moment = first.data(),
                         .second_moment = second.data(),
                         .shadow = shadow.data()});
    for (std::size_t i = 0; i < weight.size(); ++i) {
      const double g = rounded[i] * 0.5;
      const double m = 0.9 * 0.25 + 0.1 * g;
      const double v = 0.999 * 0.5 + 0.001 * g * g;
      const double expected = weights[i] * (1 - 0.1 * 0.5) -
                              0.1 * (m / (1 - 0.81)) / (std::sqrt(v / (1 - 0.999 * 0.999)) + 1e-8);
      ASSERT_NEAR(first[i], m, 1e-7);
      ASSERT_NEAR(second[i], v, 1e-7);
      ASSERT_NEAR(weight[i], expected, 2e-6);
      ASSERT_EQ(shadow[i], narrowed(static_cast<double>(weight[i])));
    }
  });
}

TEST(Adamw, steps_that_were_missed_are_those_of_gradients_that_are_zero) {
  constexpr std::int64_t kSteps = 20;
  constexpr std::int64_t kTerms = 15;
  std::mt19937 random(9);
  const Matrix weights = drawn(random, kCount, 1);
  const auto first = floats(drawn(random, kCount, 1e-2));
  std::vector<float> second(first.size());
  std::vector<float> shrink, rate, root;
  for (std::size_t i = 0; i < second.size(); ++i) second[i] = 1e-4F * static_cast<float>(i);
  for (std::int64_t j = 0; j < kSteps; ++j) {
    shrink.push_back(1 - 1e-3F * static_cast<float>(j));
    rate.push_back(0.01F * static_cast<float>(j + 1));
    root.push_back(1 + 0.1F * static_cast<float>(j));
  }
  on_each([&](const KernelSet& kernels, Storage) {
    std::vector<float> weight = floats(weights);
    kernels.adamw_missed({.terms = kTerms,
                          .steps = kSteps,
                          .shrink = shrink.data(),
                          .rate = rate.data(),
                          .root = root.data(),
                          .epsilon = 1e-3F},
                         {.count = kCount,
                          .weight = weight.data(),
                          .first_moment = first.data(),
                          .second_moment = second.data()});
    for (std::size_t i = 0; i < weight.size(); ++i) {
      double expected = weights[i];
      for (std::size_t j = 0; j < kSteps; ++j) {
        expected *= static_cast<double>(shrink[j]);
        if (j >= kTerms) continue;
        const double below =
            static_cast<double>(root[j]) * std::sqrt(static_cast<double>(second[i]));
        expected -= static_cast<double>(rate[j]) * static_cast<double>(first[i]) / (below + 1e-3);
      }
      ASSERT_NEAR(weight[i], expected, 1e-5 * std::max(1.0, std::abs(expected)));
    }
  });
}

TEST(Adamw, missed_steps_come_to_the_same_bits_in_one_go_and_in_two) {
  const std::vector<float> shrink{0.99F, 0.98F, 0.97F, 0.96F};
  const std::vector<float> rate{0.1F, 0.09F, 0.08F, 0.07F};
  const std::vector<float> root{1.1F, 1.2F, 1.3F, 1.4F};
  std::mt19937 random(10);
  const auto weights = floats(drawn(random, kCount, 1));
  const auto first = floats(drawn(random, kCount, 1));
  const std::vector<float> second(first.size(), 0.3F);
  on_each([&](const KernelSet& kernels, Storage) {
    std::vector<float> once = weights;
    std::vector<float> twice = weights;
    const auto catch_up = [&](std::vector<float>& weight, std::int64_t begin, std::int64_t end) {
      kernels.adamw_missed({end - begin, end - begin, shrink.data() + begin, rate.data() + begin,
                            root.data() + begin},
                           {kCount, weight.data(), first.data(), second.data()});
    };
    catch_up(once, 0, 4);
    catch_up(twice, 0, 1);
    catch_up(twice, 1, 4);
    EXPECT_EQ(once, twice);
  });
}

TEST(SquareSum, is_that_of_all_elements) {
  std::mt19937 random(11);
  const Matrix values = drawn(random, 20'003, 1);
  on_each([&](const KernelSet& kernels, Storage storage) {
    StoredMatrix stored(storage, values);
    double expected = 0;
    for (const double value : stored.values()) expected += value * value;
    const double found = kernels.square_sum(
        {.storage = storage, .count = std::ssize(values), .source = stored.data()});
    EXPECT_NEAR(found, expected, 1e-6 * expected);
  });
}

}  // namespace
}  // namespace turngreen::kernels
