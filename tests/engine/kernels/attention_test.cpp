#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

#include "kernels/kernel_set.h"
#include "stored_matrix.h"

namespace turngreen::kernels {
namespace {

struct Case {
  std::int64_t tokens;
  std::int64_t head_dim;
  std::int64_t reach = -1;
  bool rotates = false;
  bool has_bias = false;
  double dropout = 0;
  bool only_first = false;
};

/// The plain definition, in double precision: the oracle.
struct Oracle {
  explicit Oracle(const Case& what) : it(what), queries(what.only_first ? 1 : what.tokens) {
    std::mt19937 random(static_cast<unsigned>(what.tokens * 131 + what.head_dim));
    q = drawn(random, queries * it.head_dim, 1);
    k = drawn(random, it.tokens * it.head_dim, 1);
    v = drawn(random, it.tokens * it.head_dim, 1);
    gradient = drawn(random, queries * it.head_dim, 1);
    for (auto* bias : {&q_bias, &k_bias, &v_bias}) {
      *bias = as_floats(drawn(random, it.head_dim, 0.5));
    }
    for (std::int64_t position = 0; position < it.tokens; ++position) {
      for (std::int64_t pair = 0; pair < it.head_dim / 2; ++pair) {
        const double angle =
            static_cast<double>(position) *
            std::pow(10000.0, -2.0 * static_cast<double>(pair) / static_cast<double>(it.head_dim));
        cosines.push_back(static_cast<float>(std::cos(angle)));
        sines.push_back(static_cast<float>(std::sin(angle)));
      }
    }
    dropout = dropout_of(it.dropout, 77);
    compute();
  }

  Matrix prepared(const Matrix& rows, const std::vector<float>& bias, bool rotates) const {
    Matrix out = rows;
    const auto d = static_cast<std::size_t>(it.head_dim);
    for (std::size_t row = 0; row < rows.size() / d; ++row) {
      for (std::size_t i = 0; i < d && it.has_bias; ++i)
        out[row * d + i] += static_cast<double>(bias[i]);
      for (std::size_t i = 0; i < d / 2 && rotates; ++i) {
        const double first = out[row * d + i];
        const double second = out[row * d + i + d / 2];
        const double c = static_cast<double>(cosines[row * d / 2 + i]);
        const double s = static_cast<double>(sines[row * d / 2 + i]);
        out[row * d + i] = first * c - second * s;
        out[row * d + i + d / 2] = second * c + first * s;
      }
    }
    return out;
  }
  void rotate_back(Matrix& rows) const {
    const auto d = static_cast<std::size_t>(it.head_dim);
    for (std::size_t row = 0; row < rows.size() / d && it.rotates; ++row) {
      for (std::size_t i = 0; i < d / 2; ++i) {
        const double first = rows[row * d + i];
        const double second = rows[row * d + i + d / 2];
        const double c = static_cast<double>(cosines[row * d / 2 + i]);
        const double s = static_cast<double>(sines[row * d / 2 + i]);
        rows[row * d + i] = first * c + second * s;
        rows[row * d + i + d / 2] = second * c - first * s;
      }
    }
  }

  void compute() {
    const auto d = static_cast<std::size_t>(it.head_dim);
    const auto n = static_cast<std::size_t>(it.tokens);
    const Matrix qs = prepared(q, q_bias, it.rotates);
    const Matrix ks = prepared(k, k_bias, it.rotates);
    const Matrix vs = prepared(v, v_bias, false);
    context.assign(qs.size(), 0);
    q_gradient.assign(qs.size(), 0);
    k_gradient.assign(ks.size(), 0);
    v_gradient.assign(vs.size(), 0);
    for (std::size_t i = 0; i < static_cast<std::size_t>(queries); ++i) {
      Matrix weights(n, 0);
      double sum = 0;
      for (std::size_t j = 0; j < n; ++j) {
        const auto distance = static_cast<std::int64_t>(i) - static_cast<std::int64_t>(j);
        if (it.reach >= 0 && std::abs(distance) > it.reach) continue;
        double score = 0;
        for (std::size_t a = 0; a < d; ++a) score += qs[i * d + a] * ks[j * d + a];
        weights[j] = std::exp(score * scale());
        sum += weights[j];
      }
      log_sums.push_back(std::log(sum));
      Matrix weight_gradients(n, 0);
      double projection = 0;
      for (std::size_t j = 0; j < n; ++j) {
        weights[j] /= sum;
        const auto place = static_cast<std::uint32_t>(i * (n + n % 2) + j);
        const double keep = keeps(dropout, place) ? static_cast<double>(dropout.scale) : 0;
        for (std::size_t a = 0; a < d; ++a) {
          context[i * d + a] += weights[j] * keep * vs[j * d + a];
          v_gradient[j * d + a] += weights[j] * keep * gradient[i * d + a];
          weight_gradients[j] += gradient[i * d + a] * vs[j * d + a] * keep;
        }
        projection += weights[j] * weight_gradients[j];
      }
      for (std::size_t j = 0; j < n; ++j) {
        const double score_gradient = weights[j] * (weight_gradients[j] - projection) * scale();
        for (std::size_t a = 0; a < d; ++a) {
          q_gradient[i * d + a] += score_gradient * ks[j * d + a];
          k_gradient[j * d + a] += score_gradient * qs[i * d + a];
        }
      }
    }
    rotate_back(q_gradient);
    rotate_back(k_gradient);
  }
  double scale() const { return 1.0 / std::sqrt(static_cast<double>(it.head_dim)); }

  Case it;
  std::int64_t queries;
  Matrix q, k, v, gradient;
  std::vector<float> q_bias, k_bias, v_bias, cosines, sines;
  Dropout dropout;
  Matrix context, log_sums, q_gradient, k_gradient, v_gradient;
};

void check(const KernelSet& kernels, Storage storage, const Case& what) {
  SCOPED_TRACE(testing::Message() << kernels.name << (storage == Storage::f32 ? " f32" : " bf16")
                                  << ", tokens " << what.tokens << ", head_dim " << what.head_dim
                                  << ", reach " << what.reach << ", dropout " << what.dropout
                                  << ", only_first " << what.only_first);
  const Oracle oracle(what);
  const double tolerance = storage == Storage::f32 ? 3e-6 : 1.5e-2;
  const AttentionShape shape{.storage = storage,
                             .tokens = what.tokens,
                             .queries = oracle.queries,
                             .head_dim = what.head_dim,
                             .reach = what.reach,
                             .scale = static_cast<float>(oracle.scale())};
  StoredMatrix q(storage, oracle.q), k(storage, oracle.k), v(storage, oracle.v),
      gradient(storage, oracle.gradient);
  StoredMatrix context(storage, std::ssize(oracle.context));
  std::vector<float> log_sums(static_cast<std::size_t>(oracle.queries));
  AttentionInputs in{.query = {q.data(), what.head_dim},
                     .key = {k.data(), what.head_dim},
                     .value = {v.data(), what.head_dim},
                     .dropout = oracle.dropout};
  if (what.has_bias) {
    in.query_bias = oracle.q_bias.data();
    in.key_bias = oracle.k_bias.data();
    in.value_bias = oracle.v_bias.data();
  }
  if (what.rotates) {
    in.cosines = oracle.cosines.data();
    in.sines = oracle.sines.data();
  }
  std::vector<char> scratch(kernels.attention_scratch(shape));
  kernels.attention_forward(
      shape, {.in = in, .context = {context.data(), what.head_dim}, .log_sums = log_sums.data()},
      scratch.data());
  EXPECT_LT(difference(context.values(), oracle.context), tolerance);
  EXPECT_LT(difference(Matrix(log_sums.begin(), log_sums.end()), oracle.log_sums), tolerance);

  StoredMatrix q_gradient(storage, std::ssize(oracle.q)), k_gradient(storage, std::ssize(oracle.k)),
      v_gradient(storage, std::ssize(oracle.v));
  kernels.attention_backward(shape,
                             {.in = in,
                              .context = {context.data(), what.head_dim},
                              .log_sums = log_sums.data(),
                              .context_gradient = {gradient.data(), what.head_dim},
                              .query_gradient = {q_gradient.data(), what.head_dim},
                              .key_gradient = {k_gradient.data(), what.head_dim},
                              .value_gradient = {v_gradient.data(), what.head_dim}},
                             scratch.data());
  EXPECT_LT(difference(q_gradient.values(), oracle.q_gradient), tolerance);
  EXPECT_LT(difference(k_gradient.values(), oracle.k_gradient), tolerance);
  EXPECT_LT(difference(v_gradient.values(), oracle.v_gradient), tolerance);
}

void check_everywhere(const Case& what) {
  for (const KernelSet* kernels : kernel_sets()) {
    if (!kernels->supported()) continue;
    for (const Storage storage : {Storage::f32, Storage::bf16}) check(*kernels, storage, what);
  }
}

TEST(Attention, equals_the_plain_definition_at_any_length) {
  for (const std::int64_t tokens : {2, 3, 15, 63, 64, 65, 96, 97, 131, 200})
    check_everywhere({tokens, 32});
}

TEST(Attention, equals_the_plain_definition_at_any_head_size) {
  for (const std::int64_t head_dim : {2, 8, 16, 24, 64, 80, 128}) check_everywhere({70, head_dim});
}

TEST(Attention, adds_biases_and_rotates) {
  check_everywhere({.tokens = 75, .head_dim = 32, .has_bias = true});
  check_everywhere({.tokens = 75, .head_dim = 64, .rotates = true});
  check_everywhere({.tokens = 75, .head_dim = 16, .rotates = true, .has_bias = true});
}

TEST(Attention, sees_no_further_than_its_reach) {
  for (const std::int64_t reach : {0, 1, 5, 63, 64})
    check_everywhere({.tokens = 260, .head_dim = 16, .reach = reach});
}

TEST(Attention, drops_weights_and_knows_them_again_on_the_way_back) {
  check_everywhere({.tokens = 150, .head_dim = 32, .dropout = 0.1});
  check_everywhere({.tokens = 150, .head_dim = 32, .reach = 20, .dropout = 0.5});
}

TEST(Attention, of_the_first_token_alone_needs_no_other_query) {
  check_everywhere(
      {.tokens = 120, .head_dim = 32, .has_bias = true, .dropout = 0.1, .only_first = true});
}

TEST(Attention, of_one_token_passes_its_value_on) {
  for (const KernelSet* kernels : kernel_sets()) {
    if (!kernels->supported()) continue;
    float q[2] = {1, 2};
    float v[2] = {3, 4};
    float out[2];
    float log_sum = 0;
    const AttentionShape shape{.tokens = 1, .queries = 1, .head_dim = 2, .scale = 1};
    std::vector<char> scratch(kernels->attention_scratch(shape));
    kernels->attention_forward(
        shape,
        {.in = {.query = {q, 2}, .key = {q, 2}, .value = {v, 2}, .dropout = {}},
         .context = {out, 2},
         .log_sums = &log_sum},
        scratch.data());
    EXPECT_FLOAT_EQ(out[0], 3);
    EXPECT_FLOAT_EQ(out[1], 4);
    EXPECT_FLOAT_EQ(log_sum, 5);
  }
}

}  // namespace
}  // namespace turngreen::kernels
