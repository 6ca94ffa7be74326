#pragma once

#include <string>
#include <vector>

#include "turngreen/report/study_report.h"

namespace turngreen::report {

/// The name of the recommended configuration; "baseline" where nothing is better.
std::string recommended_name(const StudyReport& report);

/// What a tired person is to know, most important first, a sentence each: what is recommended, what
/// it saves, what it does to the quality, what the study cost and when that is paid back, what is
/// ruled out.
std::vector<std::string> report_sentences(const StudyReport& report);

}  // namespace turngreen::report
