#include "model/post_norm_layer.h"

#include <ATen/TensorOperators.h>

#include "model/activation.h"
#include "model/attention.h"

namespace turngreen::model {

at::Tensor forward(const PostNormLayer& layer, const at::Tensor& x, const ForwardPass& pass) {
  const at::Tensor seen = attend(split_heads(layer.projection(x), layer.heads), pass.plan,
                                 pass.attention_of(layer.attention));
  const at::Tensor attended =
      dropped_out(layer.attended(seen), layer.drops_attended ? pass.dropout.hidden : 0);
  const at::Tensor middle = layer.attention_norm(attended + x);
  const at::Tensor fed = layer.down(activate(layer.up(middle), layer.activation));
  return layer.output_norm(dropped_out(fed, pass.dropout.hidden) + middle);
}

}  // namespace turngreen::model
