#pragma once

#include <array>

#include "model/model.h"
#include "model/precision.h"
#include "option_choice.h"

namespace turngreen::engine {

// How the options of ComputeOptions name their values.

inline constexpr std::array<Choice<model::Precision>, 3> kPrecisions = {
    {{"fp32", model::Precision::fp32},
     {"bf16", model::Precision::bf16},
     {"fp16", model::Precision::fp16}}};
inline constexpr std::array<Choice<model::Layout>, 2> kLayouts = {
    {{"padded", model::Layout::padded}, {"packed", model::Layout::packed}}};
inline constexpr std::array<Choice<model::AttentionKernel>, 2> kAttentions = {
    {{"sdpa", model::AttentionKernel::sdpa}, {"eager", model::AttentionKernel::eager}}};
inline constexpr std::array<Choice<model::Kernels>, 2> kCompile = {
    {{"off", model::Kernels::libtorch}, {"on", model::Kernels::fused}}};

}  // namespace turngreen::engine
