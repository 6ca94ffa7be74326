#pragma once

#include <optional>
#include <string>
#include <vector>

#include "turngreen/report/study_report.h"

namespace turngreen::report {

/// What follows from a configuration's energy and metrics. Absent: what it is made from is not
/// known.
struct ConfigurationFigures {
  std::optional<double> kilowatt_hours;
  /// Energy-to-accuracy ratio: joules per point of accuracy, a point being a hundredth. Accuracy is
  /// the metric of that name, else the study's own where higher is better; above 1 it is taken for
  /// a percentage, above 100 there is no ratio. Lower is better.
  std::optional<double> joules_per_point;
  std::optional<double> grams_co2e;
  std::optional<double> cost;
  /// Floating-point operations of a run, where the pipeline counted them (flops, total_flos).
  std::optional<double> flops;
};

/// One for each configuration of the report's analysis, in its order.
std::vector<ConfigurationFigures> configuration_figures(const StudyReport& report);

/// Where the carbon comes from, for people; empty: it is not told.
std::string carbon_source(const StudyReport& report);

/// Stages of all configurations, in the order of their first appearance.
std::vector<std::string> stage_names(const StudyReport& report);

/// "macro_f1 may drop by 0.01 at most"; empty: no bound was given.
std::string budget_text(const study::QualityBudget& quality);

}  // namespace turngreen::report
