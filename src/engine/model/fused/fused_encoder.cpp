#include "model/fused/fused_encoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/autocast_mode.h>
#include <fmt/format.h>

#include <variant>

#include "model/fused/encoder_function.h"
#include "model/fused/post_norm_stack.h"
#include "model/fused/pre_norm_stack.h"

namespace turngreen::model::fused {
namespace {

constexpr std::int64_t kWidth = 16;  // what vectors hold, so what features must be a multiple of
constexpr std::int64_t kLargestHead = 512;

at::ScalarType type_of_activations() {
  const bool is_bf16 = at::autocast::is_autocast_enabled(at::kCPU) &&
                       at::autocast::get_autocast_dtype(at::kCPU) == at::kBFloat16;
  return is_bf16 ? at::kBFloat16 : at::kFloat;
}

/// From libtorch's generator, so that its seed and its state decide, as for other dropout.
std::uint64_t drawn_seed() {
  at::Generator generator = at::detail::getDefaultCPUGenerator();
  const std::scoped_lock lock(generator.mutex());
  return at::check_generator<at::CPUGeneratorImpl>(generator)->random64();
}

bool drops(const checkpoint::Dropouts& dropout) {
  return dropout.embedding > 0 || dropout.attention > 0 || dropout.hidden > 0 || dropout.mlp > 0;
}

}  // namespace

Result<void> check_fused(const checkpoint::Architecture& architecture, at::Device device,
                         Layout layout) {
  const auto no = [](std::string reason) {
    return fail(
        Error::Kind::unsupported,
        fmt::format("there are no fused kernels for this: {}; use those of libtorch (compile: off)",
                    reason));
  };
  if (!device.is_cpu()) return no("they run on the CPU alone");
  if (layout != Layout::packed) return no("they take packed batches (batching: packed)");
  if (architecture.activation != checkpoint::Activation::gelu)
    return no("they know no other activation than gelu");
  if (architecture.hidden % kWidth != 0 || architecture.intermediate % kWidth != 0) {
    return no(fmt::format("hidden_size {} and intermediate_size {} must be multiples of {}",
                          architecture.hidden, architecture.intermediate, kWidth));
  }
  if (architecture.family == checkpoint::Family::modernbert &&
      (architecture.attention_bias || architecture.mlp_bias))
    return no("they know no biases in ModernBERT's layers (attention_bias, mlp_bias)");
  const std::int64_t head_dim = architecture.hidden / architecture.heads;
  if (head_dim % 2 != 0 || head_dim > kLargestHead)
    return no(fmt::format("heads of {} features; they take even numbers up to {}", head_dim,
                          kLargestHead));
  return {};
}

struct FusedEncoder::Stack {
  std::variant<PostNormStack, PreNormStack> stack;
  at::Tensor anchor;
};

FusedEncoder::FusedEncoder(const Bert& bert)
    : stack_(std::make_unique<Stack>(
          Stack{PostNormStack({bert.words, bert.positions, bert.types, bert.norm, bert.pad_id},
                              bert.layers),
                bert.words})) {}
FusedEncoder::FusedEncoder(const DistilBert& distilbert)
    : stack_(std::make_unique<Stack>(Stack{
          PostNormStack(
              {distilbert.words, distilbert.positions, {}, distilbert.norm, distilbert.pad_id},
              distilbert.layers),
          distilbert.words})) {}
FusedEncoder::FusedEncoder(const ModernBert& modernbert)
    : stack_(std::make_unique<Stack>(Stack{PreNormStack(modernbert), modernbert.words})) {}
FusedEncoder::~FusedEncoder() = default;

std::vector<Shadow> FusedEncoder::shadows() const {
  return std::visit([](const auto& it) { return it.shadows(); }, stack_->stack);
}

at::Tensor FusedEncoder::rows(const TokenBatch& batch, const ForwardPass& pass, bool first_only) {
  Pass how;
  how.type = type_of_activations();
  how.first_only = first_only;
  how.keeps = at::GradMode::is_enabled();
  how.row_gradients = pass.row_gradients;
  how.dropout = pass.dropout;
  how.seed = drops(how.dropout) ? drawn_seed() : 0;
  Stack* stack = stack_.get();
  Computation computation;
  computation.forward = [stack, &batch, how] {
    // A copy: the stack's own memory is used again.
    return std::visit([&](auto& it) { return it.forward(batch, how).to(at::kFloat, false, true); },
                      stack->stack);
  };
  computation.backward = [stack, how](const at::Tensor& gradient) {
    std::visit([&](auto& it) { it.backward(gradient.to(how.type).contiguous()); }, stack->stack);
  };
  return recorded(std::move(computation), stack->anchor);
}

}  // namespace turngreen::model::fused
