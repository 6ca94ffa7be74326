#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "report/page_parts.h"
#include "sample_report.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ReportHtml, holds_what_report_json_writes_and_no_markup_of_its_names) {
  if (page_parts().plotly.empty()) GTEST_SKIP() << "this build holds no plotly.min.js";
  const auto report = sample_report("</script><img src=x onerror=alert(1)>");
  const auto page = report_html(report);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_THAT(*page, HasSubstr("\\u003c/script\\u003e\\u003cimg src=x onerror=alert(1)\\u003e"));
  EXPECT_THAT(*page, Not(HasSubstr("<img src=x")));

  const std::string begin = "<script type=\"application/json\" id=\"report-data\">";
  const auto from = page->find(begin) + begin.size();
  const auto data = page->substr(from, page->find("</script>", from) - from);
  EXPECT_EQ(nlohmann::ordered_json::parse(data),
            nlohmann::ordered_json::parse(report_json(report)));
}

}  // namespace
}  // namespace turngreen::report
