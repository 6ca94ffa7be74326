#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>

#include "turngreen/knobs/configuration.h"
#include "turngreen/pipeline/outcome.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"

namespace turngreen::pipeline {

/// A metric as a run told it while it went on.
struct MetricPoint {
  std::string name;
  double value = 0;
  double share = 0;  ///< of the run's work that was done by then, above 0, at most 1
};

/// What a running trial has shown so far.
struct RunProgress {
  units::Energy energy;  ///< measured so far; 0 where nothing was
  units::Duration time;
  std::span<const Metric> metrics;  ///< the latest of each name
  /// Every value that was told, in order, where the run says how much of its work is done.
  std::span<const MetricPoint> curve = {};
};

/// The rows that a run's metrics are taken on.
enum class Rows {
  validation,  ///< the ones that choices are made by
  test,        ///< those kept for the very end
};

/// One run that is asked for.
struct RunRequest {
  knobs::Configuration configuration;
  double fidelity = 1;           ///< share of the full job; one of Pipeline::fidelities()
  std::uint64_t seed = 0;        ///< what the pipeline's chance is drawn from
  Rows rows = Rows::validation;  ///< test: only where Pipeline::has_test_rows()
  /// The trial's own directory; made if it is not there. What the run leaves in it stays.
  std::filesystem::path directory;
  /// Called now and then while it runs; a reason stops the run. May be empty. Must not throw.
  std::function<std::optional<std::string>(const RunProgress&)> watch;
};

/// The one door between tuning and work. Whatever happens behind it comes back as an Outcome: a
/// crash, an exception of a library and a configuration that is not possible too.
class Pipeline {
 public:
  virtual ~Pipeline() = default;
  virtual Outcome run(const RunRequest& request) = 0;
  /// The fidelities that it can do, ascending; the last is 1.
  virtual std::span<const double> fidelities() const = 0;
  /// False: it is known without running it that it cannot do this configuration.
  virtual bool can_run(const knobs::Configuration&) const { return true; }
  /// Whether it keeps rows that it can be judged by at the very end.
  virtual bool has_test_rows() const { return false; }
  /// Whether running it draws energy on this machine (then two runs must not overlap).
  virtual bool measures() const = 0;
};

}  // namespace turngreen::pipeline
