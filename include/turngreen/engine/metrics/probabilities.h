#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::metrics {

/// What `outputs` logits of one row mean: softmax for single-label problems, the sigmoid of each
/// for multi-label ones, themselves for regression.
std::vector<double> probabilities(std::span<const float> logits, checkpoint::Problem problem);

/// The class that is answered: the most probable, the first of equals. With a threshold, and two
/// classes: 1 from that probability on.
std::int64_t answered_class(std::span<const double> probabilities, std::optional<double> threshold);

/// The labels that are answered, as 0 or 1 each: those from the threshold on (0.5 where absent).
std::vector<std::uint8_t> answered_labels(std::span<const double> probabilities,
                                          std::optional<double> threshold);

}  // namespace turngreen::metrics
