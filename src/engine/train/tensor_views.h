#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/units/result.h"

namespace turngreen::train {

/// Tensors under their names, kept alive for as long as views of them are wanted.
class NamedTensors {
 public:
  /// Of dtype float, int or byte.
  void add(std::string name, const at::Tensor& tensor);
  std::vector<checkpoint::NamedTensor> views() const;

 private:
  std::vector<std::pair<std::string, at::Tensor>> tensors_;  ///< on the CPU, contiguous
};

/// Copies the tensor of that name in `file` into `tensor`. Error: there is none, or it is of
/// another shape or type.
Result<void> copy_from(const checkpoint::SafetensorsFile& file, const std::string& name,
                       at::Tensor tensor);

}  // namespace turngreen::train
