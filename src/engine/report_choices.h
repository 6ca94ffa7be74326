#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// The rows that a finished model's metrics and predictions are of.
enum class ReportedRows : std::uint8_t { validation, test };

/// What `turngreen train` is told of them, whatever it trains.
struct ReportChoices {
  std::optional<std::string> test;        ///< file of rows that nothing is chosen by
  std::optional<ReportedRows> report_on;  ///< absent: test where there are such rows
  std::string predictions;                ///< file; empty: none
  double fidelity = 1;                    ///< share of the job, in (0, 1]

  /// Absent: there are none.
  std::optional<ReportedRows> reported_rows(bool has_validation) const;
};

/// --test, --report-on, --predictions and --fidelity. `choices` must outlive the app.
void add_report_options(CLI::App& app, ReportChoices& choices);

/// Error: what does not go together.
Result<void> check_report_choices(const ReportChoices& choices, bool has_validation);

}  // namespace turngreen::engine
