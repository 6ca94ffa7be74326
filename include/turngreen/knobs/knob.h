#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/value.h"

namespace turngreen::knobs {

/// Where in a pipeline's life a knob belongs.
enum class Phase { data, model, training, system, inference };
inline constexpr std::array kPhases{Phase::data, Phase::model, Phase::training, Phase::system,
                                    Phase::inference};
std::string_view to_string(Phase phase);
std::optional<Phase> parse_phase(std::string_view text);

/// What a knob relieves. `graph` is kernel launches and fusion.
enum class Resource { compute, precision, parameters, memory, tokens, samples, graph, io, power };
inline constexpr std::array kResources{Resource::compute, Resource::precision, Resource::parameters,
                                       Resource::memory,  Resource::tokens,    Resource::samples,
                                       Resource::graph,   Resource::io,        Resource::power};
std::string_view to_string(Resource resource);
std::optional<Resource> parse_resource(std::string_view text);

/// "This knob has one of these values."
struct Condition {
  std::string knob;
  std::vector<Value> values = {};
};

/// What a value is known to do to the energy of the stages that its knob acts on, before this
/// study: a factor on the energy with the knob off, and how sure that is.
struct Expectation {
  double energy_factor = 1;  ///< above 0; 0.5 halves the energy
  /// Standard deviation of the factor's natural logarithm; above 0.
  double log_spread = 0.3;
};

/// One decision that may change energy.
struct Knob {
  std::string id;  ///< a letter or underscore, then letters, digits and underscores
  Phase phase = Phase::training;
  std::optional<Resource> resource = {};
  std::vector<Value> values = {};  ///< 1 to kMaxValues, all different
  std::size_t off = 0;             ///< index into `values` of the one that means "off"
  bool ordered = false;            ///< the values stand in an order (32, 16, 8)
  /// Stages that it acts on; empty: not known, so it may act on all.
  std::vector<std::string> stages = {};
  /// Where the knob is not off, each of these must hold ...
  std::vector<Condition> needs = {};
  /// ... and none of these may.
  std::vector<Condition> excludes = {};
  std::vector<std::optional<Expectation>> expected = {};  ///< empty, or one for each value
  std::string description = {};
  std::string source = {};  ///< where `expected` comes from
};

inline constexpr std::size_t kMaxValues = 64;
inline constexpr std::size_t kMaxKnobs = 128;

}  // namespace turngreen::knobs
