#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "turngreen/energy/machine.h"
#include "turngreen/energy/statement.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/carbon.h"
#include "turngreen/units/money.h"
#include "turngreen/units/power.h"

namespace turngreen::pipeline {

/// Whose joules the numbers are.
enum class Scope {
  machine,  ///< everything the domains drew
  process,  ///< the command's process tree: its share by CPU time, or by GPU utilisation
};
std::string_view to_string(Scope scope);

/// Power of the machine at rest, and where the number comes from.
struct Idle {
  enum class Basis { given, measured };
  Basis basis = Basis::given;
  units::Bounded<units::Power> power;
  units::Duration measured_for;  ///< Basis::measured only
};

struct Metric {
  std::string name;
  double value = 0;
};

/// What a knob really was, as the program read it back.
struct EffectiveValue {
  std::string knob;
  std::variant<std::string, double, bool> value;
};

/// Work done within a stage, as the program counted it.
struct Progress {
  std::string stage;  ///< empty: outside every stage
  std::uint64_t samples = 0;
  std::uint64_t tokens = 0;
};

/// Where the carbon figure comes from ("given", "FR 2023, Ember", a file).
struct CarbonFigure {
  units::Bounded<units::Carbon> carbon;
  std::string basis;
};

struct CostFigure {
  units::Bounded<units::Money> cost;
  std::string basis;
};

/// What the kernel counted for the command and the orphans that it left (wait4), with all children
/// that these waited for.
struct ResourceUse {
  units::Duration user;
  units::Duration system;
  /// Largest resident set of one process. Linux counts what the child was before exec, a copy of
  /// the measuring process, so it is never below that one's.
  std::uint64_t peak_memory_bytes = 0;
};

/// What one run of a command gave.
struct Measurement {
  std::vector<std::string> command;
  std::int64_t started_unix_ns = 0;  ///< CLOCK_REALTIME at the start, for people and calendars
  int exit_status = 0;               ///< 128 + n when ended by signal n
  std::optional<int> signal;
  Scope scope = Scope::machine;
  /// How the share was taken, Scope::process only: "cgroup", "wait4 and /proc".
  std::string scope_basis;
  energy::Statement energy;
  std::optional<Idle> idle;
  /// energy.total less idle power times the time; below 0 where the run drew less than at rest.
  /// Absent without `idle`, and with Scope::process: a share has no rest of its own.
  std::optional<units::Bounded<units::Energy>> above_idle;
  std::optional<CarbonFigure> carbon;
  std::optional<CostFigure> cost;
  std::vector<Metric> metrics;
  std::vector<EffectiveValue> effective;
  std::vector<Progress> progress;
  std::optional<std::string> predictions_file;
  ResourceUse resources;
  energy::Machine machine;
};

}  // namespace turngreen::pipeline
