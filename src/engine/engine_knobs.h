#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::engine {

/// A setting of the engine's commands that changes what a run costs or how well it learns.
struct EngineKnob {
  /// As --config files and the run protocol's effective values name it: "batch_size", which is
  /// --batch-size on the command line.
  std::string_view id;
  bool of_training_alone = false;  ///< evaluate, predict and embed do not have it
};

std::span<const EngineKnob> engine_knobs();

/// Knobs that other pipelines have and turngreen-engine has not, by their ids in the catalogue.
struct AbsentKnobs {
  std::vector<std::string_view> ids;
  std::string_view why;
};

std::span<const AbsentKnobs> absent_knobs();

/// A value of a knob, as the command line has it.
struct KnobValue {
  std::string value;
  std::string needs = {};  ///< what must be set beside it, "batching: packed"; empty: nothing
  std::string why = {};    ///< it cannot be had; empty: it can
};

/// What a knob can be set to: one of these values, or a number.
struct KnobSupport {
  std::string_view id;
  bool of_training_alone = false;
  std::vector<KnobValue> values = {};
  std::optional<double> least = {};  ///< of a number
  std::optional<double> most = {};   ///< absent: no limit but the command line's
  std::string needs = {};            ///< as KnobValue's
  std::string why = {};              ///< it cannot be set at all; empty: it can
};

/// Every knob, none of which can be set for that reason.
std::vector<KnobSupport> no_knob_because(std::string_view why);

}  // namespace turngreen::engine
