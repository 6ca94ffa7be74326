#pragma once

namespace turngreen::train {

/// How far an optimizer goes in a step.
struct StepSize {
  double learning_rate = 0;
  double gradient_scale = 1;  ///< gradients are multiplied by it first
};

}  // namespace turngreen::train
