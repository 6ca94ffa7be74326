#include "inference_arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "turngreen_run.hpp"

namespace turngreen::engine {

void add_inference_options(CLI::App& app, infer::InferenceOptions& options) {
  add_choice(app, "--inference-engine", kInferenceEngines, options.engine)
      ->description(
          "libtorch, or our own kernels with weights laid out once; fused: on the CPU, for packed "
          "texts");
  add_choice(app, "--inference-precision", kInferencePrecisions, options.precision)
      ->description(
          "of matrix products; int8_dynamic: of the fused engine, on CPUs with instructions for "
          "it");
  add_choice(app, "--inference-batching", kInferenceBatchings, options.batching)
      ->description(
          "texts of a batch as they come or of similar length, filled up to the longest; or laid "
          "head to tail");
}

void add_inference_options(CLI::App& app, InferenceArguments& arguments) {
  add_inference_options(app, arguments.options);
  add_choice(app, "--attention", kAttentions, arguments.attention)
      ->description(
          "libtorch's scaled_dot_product_attention (sdpa) or step by step (eager) in the reference "
          "engine; our own (packed) in the fused one");
}

Result<model::AttentionKernel> libtorch_attention(std::optional<Attention> asked,
                                                  std::string_view setting) {
  if (asked == Attention::packed) {
    return fail(Error::Kind::invalid_input,
                fmt::format("--attention packed: is that of the fused kernels; add {}, or take "
                            "sdpa",
                            setting));
  }
  return asked == Attention::eager ? model::AttentionKernel::eager : model::AttentionKernel::sdpa;
}

Result<void> check_packed_attention(std::optional<Attention> asked, std::string_view setting) {
  if (!asked || asked == Attention::packed) return {};
  return fail(Error::Kind::invalid_input,
              fmt::format("--attention {}: {} has attention of its own; leave it out, or say "
                          "--attention packed",
                          name_in(kAttentions, *asked), setting));
}

Result<infer::InferenceOptions> settle(const InferenceArguments& arguments,
                                       const ComputeOptions& compute, const OpenedModel& opened) {
  infer::InferenceOptions options = arguments.options;
  options.batch_size = compute.batch_size;
  constexpr std::string_view kSetting = "--inference-engine fused";
  if (options.engine == infer::Engine::fused) {
    if (auto fit = check_packed_attention(arguments.attention, kSetting); !fit)
      return tl::unexpected(fit.error());
  } else {
    auto attention = libtorch_attention(arguments.attention, kSetting);
    if (!attention) return tl::unexpected(attention.error());
    options.attention = *attention;
  }
  const auto able =
      infer::check_inference(options, opened.folder.config().architecture, opened.device);
  if (!able) return tl::unexpected(able.error());
  return options;
}

std::vector<std::pair<std::string, std::string>> inference_settings(
    const infer::InferenceOptions& options) {
  return {{"inference_engine", std::string(name_in(kInferenceEngines, options.engine))},
          {"inference_precision", std::string(name_in(kInferencePrecisions, options.precision))},
          {"inference_batching", std::string(name_in(kInferenceBatchings, options.batching))}};
}

std::string_view attention_name(const infer::InferenceOptions& options) {
  if (options.engine == infer::Engine::fused) return name_in(kAttentions, Attention::packed);
  const bool is_eager = options.attention == model::AttentionKernel::eager;
  return name_in(kAttentions, is_eager ? Attention::eager : Attention::sdpa);
}

void tell_inference(const infer::InferenceOptions& options) {
  for (const auto& [name, value] : inference_settings(options)) run::effective(name, value);
}

}  // namespace turngreen::engine
