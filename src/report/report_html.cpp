#include <nlohmann/json.hpp>

#include "report_page.h"
#include "turngreen/report/study_report.h"

namespace turngreen::report {

// By way of the document, so that the page can show no number that the document lacks.
Result<std::string> report_html(const StudyReport& report) {
  return report_page(nlohmann::ordered_json::parse(report_json(report)));
}

}  // namespace turngreen::report
