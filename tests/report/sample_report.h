#pragma once

#include <string>

#include "report/sample_tuning.h"
#include "turngreen/pipeline/recorded_pipeline.h"
#include "turngreen/report/study_report.h"

namespace turngreen::report {

/// The trials of sample_tuning, looked at; `name` is what the winner was imported as.
inline StudyReport sample_report(const std::string& name = "") {
  StudyReport report;
  report.study = sample_study_file();
  report.record.name = report.study.name;
  report.record.seed = 7;
  report.trials = sample_tuning(report.study).trials;
  if (!name.empty()) {
    report.trials[1].provenance.emplace_back(explore::kConfigurationName, name);
  }
  const pipeline::RecordedPipeline pipeline({"sample"}, {1});
  report.analysis = explore::analyse(report.study, pipeline, 7, report.trials);
  return report;
}

}  // namespace turngreen::report
