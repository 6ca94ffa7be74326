#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernel_set.h"
#include "model/fused/threads.h"

namespace turngreen::model::fused {

/// Sums of columns that each thread takes for itself, and that are added up in the order of the
/// threads.
class ThreadSums {
 public:
  /// All zero, `width` for each thread.
  void reset(std::int64_t width) {
    width_ = width;
    sums_.assign(static_cast<std::size_t>(width * at::get_num_threads()), 0.0F);
  }
  float* of(std::int64_t thread) { return sums_.data() + thread * width_; }

  /// target[k] += the sums of columns [begin, begin + count).
  void add_to(const at::Tensor& target, std::int64_t begin) const {
    float* values = target.data_ptr<float>();
    for (std::size_t at = static_cast<std::size_t>(begin); at < sums_.size();
         at += static_cast<std::size_t>(width_)) {
      for (std::int64_t k = 0; k < target.numel(); ++k)
        values[k] += sums_[at + static_cast<std::size_t>(k)];
    }
  }

 private:
  std::int64_t width_ = 0;
  std::vector<float> sums_;
};

}  // namespace turngreen::model::fused
