#include "model/fused/encoder_function.h"

#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>

#include <memory>

namespace turngreen::model::fused {
namespace {

/// So that autograd can hold it.
struct Held : torch::CustomClassHolder {
  explicit Held(Computation what) : computation(std::move(what)) {}
  Computation computation;
};

class EncoderFunction : public torch::autograd::Function<EncoderFunction> {
 public:
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& /*anchor*/,
                            const c10::intrusive_ptr<Held>& held) {
    context->saved_data["computation"] = c10::IValue::make_capsule(held);
    return held->computation.forward();
  }
  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 const torch::autograd::variable_list& gradients) {
    const auto held =
        c10::static_intrusive_pointer_cast<Held>(context->saved_data["computation"].toCapsule());
    held->computation.backward(gradients.front());
    return {at::Tensor(), at::Tensor()};
  }
};

}  // namespace

at::Tensor recorded(Computation computation, const at::Tensor& anchor) {
  return EncoderFunction::apply(anchor, c10::make_intrusive<Held>(std::move(computation)));
}

}  // namespace turngreen::model::fused
