#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compute_choices.h"
#include "compute_options.h"
#include "infer/inference_options.h"
#include "loaded_model.h"

namespace turngreen::engine {

/// How the commands that train nothing are told to answer.
struct InferenceArguments {
  infer::InferenceOptions options;
  std::optional<Attention> attention;
};

/// --inference-engine, --inference-precision and --inference-batching, which `train` has for its
/// validation rows, too. `options` must outlive the app.
void add_inference_options(CLI::App& app, infer::InferenceOptions& options);
/// The same and --attention.
void add_inference_options(CLI::App& app, InferenceArguments& arguments);

/// The options, once it is known that they go together and can be had.
Result<infer::InferenceOptions> settle(const InferenceArguments& arguments,
                                       const ComputeOptions& compute, const OpenedModel& opened);

/// Of libtorch's kernels. Error: `asked` is that of the fused ones. `setting` is what turns those
/// on.
Result<model::AttentionKernel> libtorch_attention(std::optional<Attention> asked,
                                                  std::string_view setting);
/// Error: `asked` is another than that of the fused kernels, which `setting` has turned on.
Result<void> check_packed_attention(std::optional<Attention> asked, std::string_view setting);

/// The knobs of inference by their names in the catalogue, and their values.
std::vector<std::pair<std::string, std::string>> inference_settings(
    const infer::InferenceOptions& options);
/// That which was used.
std::string_view attention_name(const infer::InferenceOptions& options);

/// Tells the run protocol inference_settings and, of the commands that train nothing, attention.
void tell_inference(const infer::InferenceOptions& options);

}  // namespace turngreen::engine
