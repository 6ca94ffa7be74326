#include "model/activation.h"

#include <ATen/ops/gelu.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/silu.h>

namespace turngreen::model {

at::Tensor activate(const at::Tensor& x, checkpoint::Activation activation) {
  switch (activation) {
    case checkpoint::Activation::gelu:
      return at::gelu(x);
    case checkpoint::Activation::gelu_tanh:
      return at::gelu(x, "tanh");
    case checkpoint::Activation::relu:
      return at::relu(x);
    case checkpoint::Activation::silu:
      return at::silu(x);
  }
  return x;
}

}  // namespace turngreen::model
