#pragma once

#include <span>

#include "model/parameter.h"
#include "train/zeroed_gradients.h"

namespace turngreen::train {

/// Adds up what sparse gradients have of a row in several places, as what follows needs it.
void gather_gradients(std::span<const model::Parameter> parameters);

/// Makes zero of each gradient what is below that share of its largest number.
ZeroedGradients zero_small_gradients(std::span<const model::Parameter> parameters, double share);

/// The norm of all gradients together; 0 without any.
double gradient_norm(std::span<const model::Parameter> parameters);

/// What gradients of that norm are to be multiplied by for one of at most `most`, as
/// torch.nn.utils.clip_grad_norm_ has it.
double clipping_scale(double norm, double most);

/// Parameters have none from then on. Their memory may be kept for the next.
void forget_gradients(std::span<const model::Parameter> parameters);

}  // namespace turngreen::train
