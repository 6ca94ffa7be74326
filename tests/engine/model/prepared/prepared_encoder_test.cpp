#include "model/prepared/prepared_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/randint.h>
#include <gtest/gtest.h>

#include "fused/random_networks.h"
#include "model/pooling.h"
#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model::prepared {
namespace {

using kernels::Format;

const std::vector<std::size_t> kLengths{70, 1, 2, 33, 129};

TokenBatch random_batch() {
  TokenBatch batch = batch_of_lengths(kLengths, Layout::packed);
  batch.ids = at::randint(1, RandomParameters::kVocabulary, batch.ids.sizes(), at::kLong);
  return batch;
}

template <typename Network>
checkpoint::Architecture architecture_of(const Network& network) {
  checkpoint::Architecture architecture;
  for (const auto& layer : network.layers) architecture.layers.push_back(layer.attention);
  return architecture;
}

/// The largest difference as a share of the largest value.
double apart(const at::Tensor& found, const at::Tensor& expected) {
  return difference(found, expected) / expected.abs().max().item<double>();
}

double allowed(Format format) {
  return format == Format::f32 ? 1e-5 : format == Format::bf16 ? 0.05 : 0.1;
}

template <typename Network>
void expect_the_oracles_states(Network (*make)(RandomParameters&)) {
  at::manual_seed(1);
  const at::NoGradGuard no_gradients;
  RandomParameters parameters;
  const Network network = make(parameters);
  for (const Format format : {Format::f32, Format::bf16, Format::int8}) {
    SCOPED_TRACE(testing::Message() << "format " << static_cast<int>(format));
    PreparedEncoder prepared(network, format);
    for (const bool first_only : {false, true}) {
      SCOPED_TRACE(first_only ? "of first tokens" : "of all tokens");
      const TokenBatch batch = random_batch();
      const at::Tensor all = encode(network, ForwardPass(batch, architecture_of(network), {}));
      const at::Tensor expected = first_only ? first_tokens(all, batch) : all;
      EXPECT_LT(apart(prepared.rows(batch, first_only), expected), allowed(format));
    }
  }
}

TEST(PreparedEncoder, of_bert_gives_its_states) { expect_the_oracles_states(random_bert); }

TEST(PreparedEncoder, of_distilbert_gives_its_states) {
  expect_the_oracles_states(random_distilbert);
}

TEST(PreparedEncoder, of_modernbert_gives_its_states) {
  expect_the_oracles_states(random_modernbert);
}

/// One sequence of a packed batch.
TokenBatch alone(const TokenBatch& batch, std::int64_t sequence) {
  TokenBatch one;
  one.layout = Layout::packed;
  one.starts = {0, batch.length_of(sequence)};
  one.ids = batch.ids.narrow(0, batch.starts[static_cast<std::size_t>(sequence)],
                             batch.length_of(sequence));
  return one;
}

TEST(PreparedEncoder, gives_a_sequence_the_same_bits_in_any_company_and_with_any_threads) {
  at::manual_seed(2);
  const at::NoGradGuard no_gradients;
  RandomParameters parameters;
  const Bert bert = random_bert(parameters);
  const int threads = at::get_num_threads();
  for (const Format format : {Format::f32, Format::bf16, Format::int8}) {
    PreparedEncoder prepared(bert, format);
    const TokenBatch batch = random_batch();
    at::set_num_threads(2);
    const at::Tensor together = prepared.rows(batch, true);
    at::set_num_threads(1);
    for (std::int64_t sequence = 0; sequence < batch.sequences(); ++sequence) {
      EXPECT_TRUE(at::equal(prepared.rows(alone(batch, sequence), true)[0], together[sequence]))
          << "format " << static_cast<int>(format) << ", sequence " << sequence;
    }
  }
  at::set_num_threads(threads);
}

TEST(PreparedEncoder, keeps_the_weights_it_was_made_of) {
  at::manual_seed(3);
  const at::NoGradGuard no_gradients;
  RandomParameters parameters;
  const Bert bert = random_bert(parameters);
  PreparedEncoder prepared(bert, Format::f32);
  const TokenBatch batch = random_batch();
  const at::Tensor before = prepared.rows(batch, false);
  bert.layers.front().up.weight.detach().zero_();
  EXPECT_TRUE(at::equal(prepared.rows(batch, false), before));
}

}  // namespace
}  // namespace turngreen::model::prepared
