#pragma once

#include <cstdint>

namespace turngreen::train {

/// What gradient_sparsity made zero of gradients.
struct ZeroedGradients {
  std::int64_t zeroed = 0;  ///< numbers that were not zero, and are
  std::int64_t of = 0;      ///< those that were not zero
};

}  // namespace turngreen::train
