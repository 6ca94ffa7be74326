#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "turngreen/engine/tokenizer/encoder.h"

namespace turngreen::data {

/// Items [begin, end) of a list, the `index`-th run of them.
struct Run {
  std::size_t index = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// An encoder for each of several threads, which share a list of texts among them.
class Encoders {
 public:
  /// The tokenizer must outlive it. At least one thread.
  Encoders(const tokenizer::Tokenizer& tokenizer, int threads);

  /// Calls `work` for the runs of [0, count), in any order and on any of the threads, and waits for
  /// all. `work` must not throw, and write only what belongs to its run.
  void for_each_run(std::size_t count,
                    const std::function<void(tokenizer::Encoder& encoder, Run run)>& work);
  static std::size_t runs_of(std::size_t count);

 private:
  std::vector<tokenizer::Encoder> encoders_;
};

}  // namespace turngreen::data
