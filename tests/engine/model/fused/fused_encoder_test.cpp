#include "model/fused/fused_encoder.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <ATen/ops/randint.h>
#include <ATen/ops/zeros_like.h>
#include <gmock/gmock.h>

#include <limits>

#include "model/pooling.h"
#include "model/precision.h"
#include "random_networks.h"
#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model::fused {
namespace {

using testing::HasSubstr;

TokenBatch random_batch() {
  TokenBatch batch = batch_of_lengths({70, 1, 2, 33, 129}, Layout::packed);
  batch.ids = at::randint(1, RandomParameters::kVocabulary, batch.ids.sizes(), at::kLong);
  return batch;
}

template <typename Network>
checkpoint::Architecture architecture_of(const Network& network) {
  checkpoint::Architecture architecture;
  for (const auto& layer : network.layers) architecture.layers.push_back(layer.attention);
  return architecture;
}

struct Results {
  at::Tensor rows;
  std::vector<at::Tensor> gradients;
};

/// What `rows` gives, and the gradients of a sum over it, weighted at random but always alike.
template <typename Rows>
Results results_of(const RandomParameters& parameters, const Rows& rows) {
  for (const at::Tensor& parameter : parameters.all()) parameter.mutable_grad().reset();
  Results results;
  const at::Tensor out = rows();
  results.rows = out.detach().clone();
  at::manual_seed(99);
  (out * at::randn(out.sizes())).sum().backward();
  for (const at::Tensor& parameter : parameters.all())
    results.gradients.push_back(parameter.grad().defined() ? parameter.grad().clone()
                                                           : at::zeros_like(parameter));
  return results;
}

/// The largest difference as a share of the largest value.
double apart(const at::Tensor& found, const at::Tensor& expected) {
  return difference(found, expected) / std::max(expected.abs().max().item<double>(), 1e-12);
}

template <typename Network>
void expect_the_oracles_results(Network (*make)(RandomParameters&)) {
  at::manual_seed(1);
  RandomParameters parameters;
  const Network network = make(parameters);
  FusedEncoder fused(network);
  const checkpoint::Architecture architecture = architecture_of(network);
  for (const bool first_only : {false, true}) {
    SCOPED_TRACE(first_only ? "of first tokens" : "of all tokens");
    const TokenBatch batch = random_batch();
    const ForwardPass pass(batch, architecture, {});
    const Results expected = results_of(parameters, [&] {
      const at::Tensor all = encode(network, pass);
      return first_only ? first_tokens(all, batch) : all;
    });
    for (const Precision precision : {Precision::fp32, Precision::bf16}) {
      SCOPED_TRACE(precision == Precision::fp32 ? "fp32" : "bf16");
      const double allowed = precision == Precision::fp32 ? 1e-5 : 0.05;
      const Results found = results_of(parameters, [&] {
        const AutocastScope autocast(precision, at::kCPU);
        return fused.rows(batch, pass, first_only);
      });
      EXPECT_LT(apart(found.rows, expected.rows), allowed);
      for (std::size_t i = 0; i < expected.gradients.size(); ++i)
        EXPECT_LT(apart(found.gradients[i], expected.gradients[i]), allowed) << "parameter " << i;
    }
  }
}

TEST(FusedEncoder, of_bert_gives_its_states_and_gradients) {
  expect_the_oracles_results(random_bert);
}

TEST(FusedEncoder, of_distilbert_gives_its_states_and_gradients) {
  expect_the_oracles_results(random_distilbert);
}

TEST(FusedEncoder, of_modernbert_gives_its_states_and_gradients) {
  expect_the_oracles_results(random_modernbert);
}

/// Gradients under dropout are those of the function that dropout made of the encoder: with the
/// seed held, a small step along a parameter's gradient raises the result by the gradient's square.
template <typename Network>
void expect_gradients_of_dropped_out_function(Network (*make)(RandomParameters&)) {
  at::manual_seed(2);
  RandomParameters parameters;
  const Network network = make(parameters);
  FusedEncoder fused(network);
  const TokenBatch batch = random_batch();
  ForwardPass pass(batch, architecture_of(network), {});
  pass.dropout = {.embedding = 0.1, .attention = 0.2, .hidden = 0.1, .mlp = 0.1, .classifier = 0};
  const auto rows = [&] {
    at::manual_seed(7);
    return fused.rows(batch, pass, false);
  };
  const Results at_start = results_of(parameters, rows);
  at::manual_seed(99);
  const at::Tensor weights = at::randn(at_start.rows.sizes());
  const auto value = [&] {
    return rows().to(at::kDouble).mul(weights).sum().template item<double>();
  };
  for (std::size_t i = 0; i < parameters.all().size(); ++i) {
    const at::Tensor parameter = parameters.all()[i].detach();
    const at::Tensor gradient = at_start.gradients[i];
    const double square = gradient.pow(2).sum().item<double>();
    const double step = 1e-2 / std::sqrt(square);
    const at::NoGradGuard no_gradients;
    parameter.add_(gradient, step);
    const double above = value();
    parameter.sub_(gradient, 2 * step);
    const double below = value();
    parameter.add_(gradient, step);
    EXPECT_NEAR((above - below) / (2 * step * square), 1, 0.03) << "parameter " << i;
  }
}

TEST(FusedEncoder, of_bert_goes_back_through_its_own_dropout) {
  expect_gradients_of_dropped_out_function(random_bert);
}

TEST(FusedEncoder, of_modernbert_goes_back_through_its_own_dropout) {
  expect_gradients_of_dropped_out_function(random_modernbert);
}

TEST(FusedEncoder, draws_other_dropout_at_each_batch_and_the_same_from_one_seed) {
  at::manual_seed(3);
  RandomParameters parameters;
  const Bert bert = random_bert(parameters);
  FusedEncoder fused(bert);
  const TokenBatch batch = random_batch();
  ForwardPass pass(batch, architecture_of(bert), {});
  pass.dropout.hidden = 0.1;
  const at::NoGradGuard no_gradients;
  at::manual_seed(7);
  const at::Tensor first = fused.rows(batch, pass, false);
  const at::Tensor second = fused.rows(batch, pass, false);
  at::manual_seed(7);
  const at::Tensor again = fused.rows(batch, pass, false);
  EXPECT_GT(difference(first, second), 0);
  EXPECT_EQ(difference(first, again), 0);
}

TEST(FusedEncoder, adds_to_gradients_that_are_there) {
  at::manual_seed(4);
  RandomParameters parameters;
  const Bert bert = random_bert(parameters);
  FusedEncoder fused(bert);
  const TokenBatch batch = random_batch();
  const ForwardPass pass(batch, architecture_of(bert), {});
  const auto rows = [&] { return fused.rows(batch, pass, true); };
  const Results once = results_of(parameters, rows);
  const Results twice = results_of(parameters, [&] {
    const at::Tensor out = rows();
    at::manual_seed(99);
    (out * at::randn(out.sizes())).sum().backward();
    return rows();
  });
  for (std::size_t i = 0; i < once.gradients.size(); ++i)
    EXPECT_LT(apart(twice.gradients[i], once.gradients[i] * 2), 1e-5) << "parameter " << i;
}

TEST(FusedEncoder, takes_batches_of_growing_and_shrinking_size) {
  at::manual_seed(5);
  RandomParameters parameters;
  const Bert bert = random_bert(parameters);
  FusedEncoder fused(bert);
  const at::NoGradGuard no_gradients;
  for (const std::vector<std::size_t>& lengths :
       {std::vector<std::size_t>{3}, {200, 7}, {1, 1}, {64, 64, 64}}) {
    const TokenBatch batch = batch_of_lengths(lengths, Layout::packed);
    const ForwardPass pass(batch, architecture_of(bert), {});
    EXPECT_LT(apart(fused.rows(batch, pass, false), encode(bert, pass)), 1e-5);
  }
}

checkpoint::Architecture small_bert() {
  checkpoint::Architecture architecture;
  architecture.layers.resize(2);
  architecture.hidden = 32;
  architecture.intermediate = 64;
  architecture.heads = 2;
  return architecture;
}

TEST(FusedEncoder, is_there_for_usual_encoders) {
  EXPECT_TRUE(check_fused(small_bert(), at::kCPU, Layout::packed));
}

TEST(FusedEncoder, names_what_it_has_no_kernels_for) {
  const auto reason = [](const checkpoint::Architecture& architecture, at::Device device,
                         Layout layout) {
    const auto checked = check_fused(architecture, device, layout);
    return checked ? std::string() : checked.error().message;
  };
  EXPECT_THAT(reason(small_bert(), at::kCUDA, Layout::packed), HasSubstr("CPU alone"));
  EXPECT_THAT(reason(small_bert(), at::kCPU, Layout::padded), HasSubstr("packed batches"));
  checkpoint::Architecture other = small_bert();
  other.activation = checkpoint::Activation::relu;
  EXPECT_THAT(reason(other, at::kCPU, Layout::packed), HasSubstr("gelu"));
  other = small_bert();
  other.hidden = 36;
  EXPECT_THAT(reason(other, at::kCPU, Layout::packed), HasSubstr("hidden_size 36"));
  other = small_bert();
  other.hidden = 48;
  other.heads = 16;
  EXPECT_THAT(reason(other, at::kCPU, Layout::packed), HasSubstr("heads of 3 features"));
  other = small_bert();
  other.family = checkpoint::Family::modernbert;
  other.mlp_bias = true;
  EXPECT_THAT(reason(other, at::kCPU, Layout::packed), HasSubstr("mlp_bias"));
}

}  // namespace
}  // namespace turngreen::model::fused
