#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/explore/study_analysis.h"
#include "turngreen/report/measurement_table.h"
#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"
#include "turngreen/units/carbon.h"
#include "turngreen/units/money.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// What a kilowatt-hour weighs, and who says so.
struct CarbonBasis {
  units::CarbonIntensity intensity;
  std::string source;
};

/// A study, looked at: what all forms of the report are made from. Borrows nothing.
struct StudyReport {
  study::StudyRecord record;
  study::StudyFile study;
  std::vector<study::Trial> trials;  ///< finished ones, in the order they finished
  explore::StudyAnalysis analysis;
  /// Absent: as the trials' provenance has it (what CodeCarbon said), else not told.
  std::optional<CarbonBasis> carbon;
  std::optional<units::EnergyPrice> price;
  std::int64_t created_unix_ns = 0;  ///< when the study was begun; 0: not known
};

/// docs/schema/report.schema.json; newline at the end.
std::string report_json(const StudyReport& report);
/// One page that needs nothing but itself: it holds report_json, the figures' library and what
/// draws them. Error: this build holds no plotly.min.js.
Result<std::string> report_html(const StudyReport& report);
std::string report_markdown(const StudyReport& report);
/// A LaTeX table (booktabs) of the configurations with their stages.
std::string report_latex(const StudyReport& report);
/// One row for each configuration.
std::string report_csv(const StudyReport& report);
/// Some thirty lines for a terminal.
std::string report_summary(const StudyReport& report, const TableStyle& style);

}  // namespace turngreen::report
