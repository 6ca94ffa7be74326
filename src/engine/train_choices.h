#pragma once

#include <array>

#include "option_choice.h"
#include "train/train_options.h"

namespace turngreen::engine {

// How those options of `train` name their values that change what it costs or learns.

inline constexpr std::array<Choice<train::Schedule>, 3> kSchedules = {
    {{"linear", train::Schedule::linear},
     {"cosine", train::Schedule::cosine},
     {"constant", train::Schedule::constant}}};
inline constexpr std::array<Choice<train::ClassWeights>, 2> kClassWeights = {
    {{"equal", train::ClassWeights::equal}, {"balanced", train::ClassWeights::balanced}}};
inline constexpr std::array<Choice<train::OptimizerKind>, 4> kOptimizers = {
    {{"adamw", train::OptimizerKind::adamw},
     {"adamw_fused", train::OptimizerKind::adamw_fused},
     {"adamw_8bit", train::OptimizerKind::adamw_8bit},
     {"sgd", train::OptimizerKind::sgd}}};
inline constexpr std::array<Choice<train::Batching>, 4> kBatchings = {
    {{"padded", train::Batching::padded},
     {"dynamic", train::Batching::dynamic},
     {"bucketed", train::Batching::bucketed},
     {"packed", train::Batching::packed}}};
inline constexpr std::array<Choice<bool>, 2> kEarlyStopping = {{{"off", false}, {"on", true}}};

}  // namespace turngreen::engine
