#pragma once

#include <optional>
#include <span>
#include <string>

#include "console.h"
#include "figures.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::cli {

/// What a measurement is turned into, as typed; empty: not asked for.
struct OutputOptions {
  std::string json;        ///< a file, or "-"
  std::string csv;         ///< a file or a directory
  std::string prometheus;  ///< a file
  std::string carbon;
  std::string price;
  bool quiet = false;
};

/// Adds --json, --csv, --carbon, --price and --quiet. --prometheus differs between commands.
void add_output_options(CLI::App& app, OutputOptions& options);

/// The same, understood, and every place found writable before work depends on it.
class Outputs {
 public:
  /// The error holds one line for each fault.
  static Result<Outputs> prepare(const OutputOptions& options);

  /// Fills in carbon and cost where they were asked for; what stays unknown is said.
  void add_figures(pipeline::Measurement& measurement, Console& console) const;

  /// Writes everything asked for, and the table. A place that fails does not stop the others. False
  /// when one failed, which has been said by then.
  bool write(std::span<const pipeline::Measurement> runs, Console& console) const;

 private:
  OutputOptions options_;
  std::optional<CarbonSource> carbon_;
  std::optional<units::EnergyPrice> price_;
};

}  // namespace turngreen::cli
