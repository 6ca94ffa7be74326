#pragma once

#include <optional>
#include <string>

namespace turngreen::train {

/// From which probability of class 1 on a two-class model answers it.
struct ThresholdChoice {
  bool is_chosen = true;             ///< where the validation rows score best by `metric`
  std::string metric = "f1_macro";   ///< as metrics::choose_threshold takes it
  std::optional<double> fixed = {};  ///< if not chosen; absent: the more probable class
};

}  // namespace turngreen::train
