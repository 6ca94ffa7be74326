#include "kernels/elementwise.h"

#include <gtest/gtest.h>

#include "kernels/kernel_set.h"
#include "stored_matrix.h"

namespace turngreen::kernels {
namespace {

constexpr std::int64_t kRows = 7;
constexpr std::int64_t kFeatures = 48;
constexpr std::int64_t kCount = kRows * kFeatures;

struct Storages {
  Storage storage;
  Storage sum_storage;
};
constexpr Storages kStorages[] = {
    {Storage::f32, Storage::f32}, {Storage::bf16, Storage::bf16}, {Storage::bf16, Storage::f32}};

double tolerance(Storage storage) { return storage == Storage::f32 ? 3e-6 : 2e-2; }

template <typename Check>
void on_each(const Check& check) {
  for (const KernelSet* kernels : kernel_sets()) {
    if (!kernels->supported()) continue;
    for (const Storages& storages : kStorages) {
      SCOPED_TRACE(testing::Message()
                   << kernels->name << (storages.storage == Storage::f32 ? " f32" : " bf16")
                   << (storages.sum_storage == Storage::f32 ? " f32" : " bf16"));
      check(*kernels, storages);
    }
  }
}

std::size_t at(std::int64_t row, std::int64_t feature) {
  return static_cast<std::size_t>(row * kFeatures + feature);
}

TEST(ResidualNorm, and_its_gradients_equal_the_plain_definition) {
  std::mt19937 random(5);
  const Matrix residual = drawn(random, kCount, 1);
  const Matrix branch = drawn(random, kCount, 1);
  const Matrix out_gradient = drawn(random, kCount, 1);
  const Matrix added = drawn(random, kCount, 1);
  const auto branch_bias = as_floats(drawn(random, kFeatures, 1));
  const auto weight = as_floats(drawn(random, kFeatures, 1));
  const auto bias = as_floats(drawn(random, kFeatures, 1));
  const Matrix out_added = drawn(random, kCount, 1);
  const Dropout dropout = dropout_of(0.2, 9);
  const Dropout out_dropout = dropout_of(0.1, 10);
  const double epsilon = 1e-5;

  Matrix sum(residual.size()), out(residual.size()), sum_gradient(residual.size()),
      branch_gradient(residual.size());
  Matrix weight_gradient(kFeatures, 0), bias_gradient(kFeatures, 0),
      branch_bias_gradient(kFeatures, 0);
  for (std::int64_t row = 0; row < kRows; ++row) {
    double mean = 0;
    double variance = 0;
    const auto kept = [&](const Dropout& by, std::int64_t k) {
      return keeps(by, static_cast<std::uint32_t>(at(row, k))) ? static_cast<double>(by.scale) : 0;
    };
    const auto keep = [&](std::int64_t k) { return kept(dropout, k); };
    const auto gradient_at = [&](std::int64_t k) {
      return (out_gradient[at(row, k)] + out_added[at(row, k)]) * kept(out_dropout, k);
    };
    for (std::int64_t k = 0; k < kFeatures; ++k) {
      const auto f = static_cast<std::size_t>(k);
      sum[at(row, k)] = residual[at(row, k)] +
                        (branch[at(row, k)] + static_cast<double>(branch_bias[f])) * keep(k);
      mean += sum[at(row, k)] / kFeatures;
    }
    for (std::int64_t k = 0; k < kFeatures; ++k)
      variance += std::pow(sum[at(row, k)] - mean, 2) / kFeatures;
    const double inverse = 1 / std::sqrt(variance + epsilon);
    double plain = 0;
    double along = 0;
    for (std::int64_t k = 0; k < kFeatures; ++k) {
      const auto f = static_cast<std::size_t>(k);
      const double normal = (sum[at(row, k)] - mean) * inverse;
      const double gradient = gradient_at(k);
      out[at(row, k)] = (normal * static_cast<double>(weight[f]) + static_cast<double>(bias[f])) *
                        kept(out_dropout, k);
      plain += gradient * static_cast<double>(weight[f]) / kFeatures;
      along += gradient * static_cast<double>(weight[f]) * normal / kFeatures;
      weight_gradient[f] += gradient * normal;
      bias_gradient[f] += gradient;
    }
    for (std::int64_t k = 0; k < kFeatures; ++k) {
      const auto f = static_cast<std::size_t>(k);
      const double normal = (sum[at(row, k)] - mean) * inverse;
      sum_gradient[at(row, k)] =
          (gradient_at(k) * static_cast<double>(weight[f]) - plain - normal * along) * inverse +
          added[at(row, k)];
      branch_gradient[at(row, k)] = sum_gradient[at(row, k)] * keep(k);
      branch_bias_gradient[f] += branch_gradient[at(row, k)];
    }
  }

  on_each([&](const KernelSet& kernels, const Storages& storages) {
    const auto [storage, sum_storage] = storages;
    StoredMatrix in_residual(sum_storage, residual), in_branch(storage, branch),
        in_added(sum_storage, added), in_out_added(sum_storage, out_added);
    StoredMatrix in_gradient(storage, out_gradient), found_out(storage, kCount),
        found_sum(sum_storage, kCount);
    StoredMatrix found_sum_gradient(sum_storage, kCount), found_branch_gradient(storage, kCount);
    std::vector<float> means(kRows), inverse_deviations(kRows);
    std::vector<float> found_weight(kFeatures, 0), found_bias(kFeatures, 0),
        found_branch_bias(kFeatures, 0);
    for (const auto& [begin, end] : {std::pair{0, 3}, std::pair{3, 7}}) {  // as two threads would
      const NormShape shape{.storage = storage,
                            .sum_storage = sum_storage,
                            .begin = begin,
                            .end = end,
                            .features = kFeatures};
      kernels.residual_norm_forward(shape, {.residual = in_residual.data(),
                                            .branch = in_branch.data(),
                                            .branch_bias = branch_bias.data(),
                                            .dropout = dropout,
                                            .sum = found_sum.data(),
                                            .weight = weight.data(),
                                            .bias = bias.data(),
                                            .epsilon = static_cast<float>(epsilon),
                                            .out_dropout = out_dropout,
                                            .out = found_out.data(),
                                            .means = means.data(),
                                            .inverse_deviations = inverse_deviations.data()});
      kernels.residual_norm_backward(shape, {.out_gradient = in_gradient.data(),
                                             .out_added_gradient = in_out_added.data(),
                                             .out_dropout = out_dropout,
                                             .sum = found_sum.data(),
                                             .weight = weight.data(),
                                             .means = means.data(),
                                             .inverse_deviations = inverse_deviations.data(),
                                             .sum_added_gradient = in_added.data(),
                                             .dropout = dropout,
                                             .sum_gradient = found_sum_gradient.data(),
                                             .branch_gradient = found_branch_gradient.data(),
                                             .weight_gradient = found_weight.data(),
                                             .bias_gradient = found_bias.data(),
                                             .branch_bias_gradient = found_branch_bias.data()});
    }
    const double allowed = tolerance(storage);
    EXPECT_LT(difference(found_sum.values(), sum), allowed);
    EXPECT_LT(difference(found_out.values(), out), allowed);
    EXPECT_LT(difference(found_sum_gradient.values(), sum_gradient), allowed);
    EXPECT_LT(difference(found_branch_gradient.values(), branch_gradient), allowed);
    EXPECT_LT(difference(Matrix(found_weight.begin(), found_weight.end()), weight_gradient),
              allowed);
    EXPECT_LT(difference(Matrix(found_bias.begin(), found_bias.end()), bias_gradient), allowed);
    EXPECT_LT(difference(Matrix(found_branch_bias.begin(), found_branch_bias.end()),
                         branch_bias_gradient),
              allowed);
  });
}

double gelu(double x) { return 0.5 * x * (1 + std::erf(x / std::sqrt(2.0))); }
double gelu_slope(double x) {
  return 0.5 * (1 + std::erf(x / std::sqrt(2.0))) + x * std::exp(-x * x / 2) / std::sqrt(2 * M_PI);
}

TEST(Activation, of_gelu_equals_the_error_functions) {
  std::mt19937 random(6);
  Matrix in = drawn(random, kCount, 3);
  in[0] = 20;
  in[1] = -20;
  const auto bias = as_floats(drawn(random, kFeatures, 1));
  const Matrix out_gradient = drawn(random, kCount, 1);
  Matrix out(in.size()), in_gradient(in.size()), bias_gradient(kFeatures, 0);
  for (std::size_t i = 0; i < in.size(); ++i) {
    const double x = in[i] + static_cast<double>(bias[i % kFeatures]);
    out[i] = gelu(x);
    in_gradient[i] = out_gradient[i] * gelu_slope(x);
    bias_gradient[i % kFeatures] += in_gradient[i];
  }
  on_each([&](const KernelSet& kernels, const Storages& storages) {
    StoredMatrix found_in(storages.storage, in), found_out(storages.storage, kCount);
    StoredMatrix gradient(storages.storage, out_gradient);
    std::vector<float> found_bias(kFeatures, 0);
    const ActivationShape shape{.storage = storages.storage,
                                .kind = FeedForward::gelu,
                                .begin = 0,
                                .end = kRows,
                                .features = kFeatures};
    kernels.activation_forward(
        shape, {.in = found_in.data(), .bias = bias.data(), .out = found_out.data()});
    kernels.activation_backward(shape, {.in = found_in.data(),
                                        .out_gradient = gradient.data(),
                                        .in_gradient = gradient.data(),
                                        .bias_gradient = found_bias.data()});
    EXPECT_LT(difference(found_out.values(), out), tolerance(storages.storage));
    EXPECT_LT(difference(gradient.values(), in_gradient), tolerance(storages.storage));
    EXPECT_LT(difference(Matrix(found_bias.begin(), found_bias.end()), bias_gradient),
              tolerance(storages.storage));
  });
}

TEST(Activation, of_geglu_multiplies_by_the_second_half) {
  std::mt19937 random(7);
  const Matrix in = drawn(random, 2 * kCount, 2);
  const Matrix out_gradient = drawn(random, kCount, 1);
  Matrix out(out_gradient.size()), in_gradient(in.size());
  for (std::int64_t row = 0; row < kRows; ++row) {
    for (std::int64_t k = 0; k < kFeatures; ++k) {
      const auto first = static_cast<std::size_t>(row * 2 * kFeatures + k);
      const std::size_t second = first + kFeatures;
      out[at(row, k)] = gelu(in[first]) * in[second];
      in_gradient[first] = out_gradient[at(row, k)] * gelu_slope(in[first]) * in[second];
      in_gradient[second] = out_gradient[at(row, k)] * gelu(in[first]);
    }
  }
  on_each([&](const KernelSet& kernels, const Storages& storages) {
    StoredMatrix found_in(storages.storage, in), found_out(storages.storage, kCount);
    StoredMatrix gradient(storages.storage, out_gradient),
        found_gradient(storages.storage, 2 * kCount);
    const ActivationShape shape{.storage = storages.storage,
                                .kind = FeedForward::geglu,
                                .begin = 0,
                                .end = kRows,
                                .features = kFeatures};
    kernels.activation_forward(shape,
                               {.in = found_in.data(), .bias = nullptr, .out = found_out.data()});
    kernels.activation_backward(shape, {.in = found_in.data(),
                                        .out_gradient = gradient.data(),
                                        .in_gradient = found_gradient.data(),
                                        .bias_gradient = nullptr});
    EXPECT_LT(difference(found_out.values(), out), tolerance(storages.storage));
    EXPECT_LT(difference(found_gradient.values(), in_gradient), tolerance(storages.storage));
  });
}

TEST(Embedding, adds_rows_and_passes_gradients_back_to_all_but_the_pad_token) {
  std::vector<float> table(5 * 16);
  for (std::size_t i = 0; i < table.size(); ++i) table[i] = static_cast<float>(i);
  const std::vector<std::int64_t> index = {4, 0, 4};
  on_each([&](const KernelSet& kernels, const Storages&) {
    std::vector<float> sums(3 * 16, 1);
    std::vector<float> gradient(table.size(), 0);
    for (const auto& [begin, end] : {std::pair{0, 7}, std::pair{7, 16}}) {
      const EmbeddingShape shape{.rows = 3, .begin = begin, .end = end, .features = 16};
      kernels.embed(shape, {.table = table.data(), .index = index.data()}, sums.data());
      kernels.embed_backward(
          shape, sums.data(),
          {.table = gradient.data(), .index = index.data(), .without_gradient = 0});
    }
    EXPECT_EQ(sums[0], 1 + 4 * 16);
    EXPECT_EQ(sums[16 + 15], 1 + 15);
    EXPECT_EQ(gradient[0], 0);
    EXPECT_EQ(gradient[4 * 16 + 3], 2 * (1 + 4 * 16 + 3));
  });
}

TEST(ColumnSums, and_accumulation_add_to_what_is_there) {
  on_each([&](const KernelSet& kernels, const Storages& storages) {
    StoredMatrix source(storages.storage, Matrix{1, 2, 3, 4, 5, 6});
    std::vector<float> sums = {10, 20};
    kernels.column_sums({.storage = storages.storage,
                         .begin = 1,
                         .end = 2,
                         .features = 2,
                         .source = source.data(),
                         .stride = 3,
                         .sums = sums.data()});
    EXPECT_EQ(sums, (std::vector<float>{14, 25}));
    kernels.accumulate({.storage = storages.storage,
                        .begin = 1,
                        .end = 2,
                        .source = source.data(),
                        .target = sums.data()});
    EXPECT_EQ(sums, (std::vector<float>{14, 27}));
    kernels.accumulate({.storage = storages.storage,
                        .adds = false,
                        .begin = 0,
                        .end = 1,
                        .source = source.data(),
                        .target = sums.data()});
    EXPECT_EQ(sums, (std::vector<float>{1, 27}));
  });
}

TEST(Dropout, drops_the_share_that_was_asked_for) {
  const Dropout dropout = dropout_of(0.1, 1234);
  std::int64_t dropped = 0;
  for (std::uint32_t place = 0; place < 1'000'000; ++place)
    dropped += keeps(dropout, place) ? 0 : 1;
  EXPECT_NEAR(static_cast<double>(dropped), 100'000, 1'000);
  EXPECT_NEAR(dropout.scale, 1 / 0.9, 1e-4);
}

TEST(Dropout, of_another_seed_drops_others) {
  const Dropout one = dropout_of(0.5, 1);
  const Dropout other = dropout_of(0.5, 2);
  std::int64_t same = 0;
  for (std::uint32_t place = 0; place < 100'000; ++place)
    same += keeps(one, place) == keeps(other, place) ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(same), 50'000, 1'000);
}

}  // namespace
}  // namespace turngreen::kernels
