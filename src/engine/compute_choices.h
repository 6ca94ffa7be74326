#pragma once

#include <array>

#include "infer/inference_options.h"
#include "model/forward_pass.h"
#include "model/precision.h"
#include "option_choice.h"

namespace turngreen::engine {

/// What computes attention, as the command line has it.
enum class Attention : std::uint8_t {
  sdpa,
  eager,
  packed,  ///< our own kernel over packed texts, that of the fused kernels
};

// How options name their values that several commands have.

inline constexpr std::array<Choice<model::Precision>, 3> kPrecisions = {
    {{"fp32", model::Precision::fp32},
     {"bf16", model::Precision::bf16},
     {"fp16", model::Precision::fp16}}};
inline constexpr std::array<Choice<Attention>, 3> kAttentions = {
    {{"sdpa", Attention::sdpa}, {"eager", Attention::eager}, {"packed", Attention::packed}}};
inline constexpr std::array<Choice<model::Kernels>, 2> kCompile = {
    {{"off", model::Kernels::libtorch}, {"on", model::Kernels::fused}}};
inline constexpr std::array<Choice<infer::Engine>, 2> kInferenceEngines = {
    {{"reference", infer::Engine::reference}, {"fused", infer::Engine::fused}}};
inline constexpr std::array<Choice<infer::Precision>, 4> kInferencePrecisions = {
    {{"fp32", infer::Precision::fp32},
     {"bf16", infer::Precision::bf16},
     {"fp16", infer::Precision::fp16},
     {"int8_dynamic", infer::Precision::int8_dynamic}}};
inline constexpr std::array<Choice<infer::Batching>, 3> kInferenceBatchings = {
    {{"padded", infer::Batching::padded},
     {"bucketed", infer::Batching::bucketed},
     {"packed", infer::Batching::packed}}};

}  // namespace turngreen::engine
