#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "energy/power_signal.h"

namespace turngreen::bench {

/// One way to sample one kind of power.
struct WalkSetup {
  energy::PowerSignal (*signal)(std::mt19937_64&, double seconds) = nullptr;
  double step = 0;            ///< seconds between two updates of the counter
  double period = 0;          ///< seconds between two samples
  bool steady = false;        ///< samples as the meter's thread takes them; else 30 % early or late
  bool edge_samples = false;  ///< a sample soon after each mark, as the run protocol asks for
  std::size_t spans = 10'000;
  std::uint64_t seed = 1;

  /// Nothing shorter can be told apart: the longer of the two.
  double resolution() const { return step > period ? step : period; }
};

/// Errors of spans of ten periods and more, each as a share of the span's true energy.
struct LongSpanErrors {
  std::vector<double> meter;
  /// If the times of the updates that the samples saw were known exactly: the best that samples can
  /// give.
  std::vector<double> samples_timed;
  /// If every update of the counter were seen, at its exact time: the best that the counter can
  /// give.
  std::vector<double> every_update;
  /// Half the width of the meter's bounds.
  std::vector<double> half_width;
};

struct WalkResult {
  std::size_t inside = 0;  ///< spans whose true energy lies within the meter's bounds
  std::size_t samples = 0;
  LongSpanErrors long_spans;
  /// The spans and the gaps between them partition the window: what the parts and the whole differ
  /// by.
  std::int64_t parts_less_whole_uj = 0;
};

/// Prices spans of random lengths, from 1 ms to 100 periods, one after the other with random gaps,
/// by the meter's own account of a wrapping counter that is sampled with jitter.
WalkResult walk_spans(const WalkSetup& setup);

}  // namespace turngreen::bench
