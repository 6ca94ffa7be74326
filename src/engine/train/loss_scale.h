#pragma once

#include <cstdint>

namespace turngreen::train {

/// What losses are multiplied by so that small gradients stay above fp16's smallest number: as
/// torch.amp.GradScaler. It is halved when a gradient came out as no finite number, whose step is
/// skipped, and doubled after many steps without.
struct LossScale {
  double scale = 65536;
  std::int64_t good_steps = 0;  ///< since it was changed
  std::int64_t skipped = 0;     ///< steps, in all

  void took_step() {
    if (++good_steps < 2000) return;
    scale *= 2;
    good_steps = 0;
  }
  void skipped_step() {
    scale *= 0.5;
    good_steps = 0;
    ++skipped;
  }
  /// Gradients of losses that are hardly scaled are no finite numbers: it is not the scale.
  bool is_exhausted() const { return scale < 1.0 / 65536; }
};

}  // namespace turngreen::train
