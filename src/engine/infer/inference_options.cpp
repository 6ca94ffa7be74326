#include "infer/inference_options.h"

#include <string>

#include "model/fused/fused_encoder.h"

namespace turngreen::infer {
namespace {

tl::unexpected<Error> refuse(std::string message) {
  return fail(Error::Kind::unsupported, std::move(message));
}

Result<void> check_reference(const InferenceOptions& options, at::Device device) {
  switch (options.precision) {
    case Precision::fp32:
      return {};
    case Precision::bf16:
      return model::check_precision(model::Precision::bf16, device);
    case Precision::fp16:
      return model::check_precision(model::Precision::fp16, device);
    case Precision::int8_dynamic:
      return refuse(
          "--inference-precision int8_dynamic: is the fused engine's; add --inference-engine fused "
          "--inference-batching packed");
  }
  return {};
}

}  // namespace

model::Layout layout_of(Batching batching) {
  return batching == Batching::packed ? model::Layout::packed : model::Layout::padded;
}

Result<void> check_int8(const kernels::KernelSet& kernels) {
  if (kernels.multiplies_int8) return {};
  return refuse(
      "--inference-precision int8_dynamic: this CPU has neither avx512_vnni nor avx_vnni, and "
      "without them products of int8 take several times as long as those of fp32; take fp32");
}

Result<void> check_inference(const InferenceOptions& options,
                             const checkpoint::Architecture& architecture, at::Device device) {
  if (options.engine == Engine::reference) return check_reference(options, device);
  if (options.batching != Batching::packed)
    return refuse(
        "--inference-engine fused: takes texts head to tail; add --inference-batching packed");
  if (auto fit = model::fused::check_fused(architecture, device, model::Layout::packed); !fit)
    return refuse("--inference-engine fused: " + fit.error().message);
  switch (options.precision) {
    case Precision::fp32:
      return {};
    case Precision::bf16:
      return model::check_precision(model::Precision::bf16, device);
    case Precision::fp16:
      return refuse(
          "--inference-precision fp16: is the reference engine's, on CUDA; take bf16, int8_dynamic "
          "or fp32");
    case Precision::int8_dynamic:
      return check_int8(kernels::best_kernels());
  }
  return {};
}

}  // namespace turngreen::infer
