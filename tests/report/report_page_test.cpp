#include "report/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json_schema_check.h"
#include "report/html_text.h"
#include "sample_page.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

/// The page's own files, with a few bytes in place of the figures' library.
PageParts small_parts() {
  PageParts parts = page_parts();
  parts.plotly = "/* plotly */";
  return parts;
}

std::string small_page(const ordered_json& document) {
  return report_page(document, small_parts()).value();
}

std::string between(const std::string& page, const std::string& begin, const std::string& end) {
  const auto from = page.find(begin);
  if (from == std::string::npos) return {};
  const auto to = page.find(end, from + begin.size());
  return page.substr(from + begin.size(), to - from - begin.size());
}

std::string summary_of(const ordered_json& document) {
  return between(small_page(document), "<section id=\"summary\"", "</section>");
}

TEST(ReportPage, the_sample_is_of_the_schema_of_reports) {
  std::ifstream in(TURNGREEN_SOURCE_DIR "/docs/schema/report.schema.json");
  ASSERT_TRUE(in) << "docs/schema/report.schema.json is not there";
  const nlohmann::json document = nlohmann::json::parse(sample_document().dump());
  EXPECT_EQ(schema_fault(document, nlohmann::json::parse(in)), "");
}

TEST(ReportPage, holds_the_whole_document) {
  const auto page = small_page(sample_document());
  const auto data =
      between(page, "<script type=\"application/json\" id=\"report-data\">", "</script>");
  EXPECT_EQ(ordered_json::parse(data), sample_document());
}

TEST(ReportPage, says_the_most_important_without_a_script) {
  const auto summary = summary_of(sample_document());
  EXPECT_THAT(summary, HasSubstr("precision=fp16, layers_dropped=8 saves 57.8 %"));
  EXPECT_THAT(summary, HasSubstr(">57.8 %<"));
  EXPECT_THAT(summary, HasSubstr("56.8 to 58.8 % of the baseline&#39;s energy"));
  EXPECT_THAT(summary, HasSubstr(">422.0 J<"));
  EXPECT_THAT(summary, HasSubstr("98.1 %"));
  EXPECT_THAT(summary, HasSubstr("paid back after"));
  EXPECT_THAT(summary, HasSubstr("layers_dropped=20 always answers the majority class"));
}

TEST(ReportPage, says_that_the_baseline_is_to_be_kept) {
  auto document = sample_document();
  document["recommended"] = document["saving"] = document["probability_within_budget"] = nullptr;
  document["summary"] = {"Keep the baseline."};
  const auto summary = summary_of(document);
  EXPECT_THAT(summary, HasSubstr("Keep the baseline."));
  EXPECT_THAT(summary, HasSubstr(">1000 J<"));
  EXPECT_THAT(summary, Not(HasSubstr("Saving")));
}

TEST(ReportPage, shows_what_was_not_measured_as_such) {
  auto document = sample_document();
  document["recommended"] = document["saving"] = nullptr;
  document["baseline"]["energy_j"] = document["baseline"]["seconds"] = nullptr;
  document["baseline"]["quality"] = nullptr;
  const auto summary = summary_of(document);
  EXPECT_THAT(summary, HasSubstr("not measured"));
  EXPECT_THAT(summary, Not(HasSubstr(">0 J<")));
}

TEST(ReportPage, takes_a_study_of_which_nothing_was_run) {
  auto document = sample_document();
  for (auto& [name, value] : document.items()) {
    if (value.is_array()) value = ordered_json::array();
  }
  document["baseline"] = document["recommended"] = document["saving"] = nullptr;
  EXPECT_THAT(small_page(document), HasSubstr("0 configurations · 0 trials"));
}

TEST(ReportPage, lets_no_name_become_markup) {
  const std::string name = "</script><script>alert(1)</script><img src=x onerror='alert(2)'>\"&";
  auto document = sample_document();
  document["study"]["name"] = document["study"]["metric"] = name;
  document["recommended"] = document["configurations"][3]["name"] = name;
  document["configurations"][3]["configuration"][name] = name;
  document["summary"][0] = document["notes"][0]["text"] = name;
  const auto page = small_page(document);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(ReportPage, runs_no_scripts_but_its_own) {
  const auto page = small_page(sample_document());
  const auto nonce = between(page, "script-src 'nonce-", "'");
  ASSERT_EQ(nonce.size(), 16u);
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, HasSubstr("<script nonce=\"" + nonce + "\">"));
  auto other = sample_document();
  other["study"]["seed"] = 8;
  EXPECT_THAT(small_page(other), Not(HasSubstr(nonce)));
}

TEST(ReportPage, is_the_same_for_the_same_report) {
  EXPECT_EQ(small_page(sample_document()), small_page(sample_document()));
}

TEST(ReportPage, has_every_place_of_its_template_filled) {
  auto parts = small_parts();
  parts.script = parts.style = "";  // whose braces may stand side by side
  EXPECT_THAT(report_page(sample_document(), parts).value(), Not(HasSubstr("{{")));
}

TEST(ReportPage, does_not_look_for_places_in_what_it_puts_in) {
  auto document = sample_document();
  document["study"]["name"] = "{{data}}";
  EXPECT_EQ(between(small_page(document), "<h1>", "</h1>"), "{{data}}");
}

TEST(ReportPage, says_how_to_get_the_figures_library) {
  auto parts = page_parts();
  parts.plotly = {};
  const auto page = report_page(sample_document(), parts);
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().kind, Error::Kind::not_found);
  EXPECT_THAT(page.error().message, HasSubstr("scripts/make-venv report"));
}

TEST(ReportPage, may_hold_the_figures_library_in_a_script_element) {
  const std::string library(page_parts().plotly);
  if (library.empty()) GTEST_SKIP() << "this build holds no plotly.min.js";
  EXPECT_THAT(library, Not(HasSubstr("</script")));
  EXPECT_THAT(library, Not(HasSubstr("<!--")));
}

TEST(ReportPage, of_100_trials_is_below_8_megabytes) {
  if (page_parts().plotly.empty()) GTEST_SKIP() << "this build holds no plotly.min.js";
  EXPECT_LT(report_page(sample_document(100)).value().size(), 8'000'000u);
}

TEST(HtmlText, takes_the_meaning_from_all_signs_of_markup) {
  EXPECT_EQ(html_text("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  EXPECT_EQ(html_text("\xff"), "\uFFFD");
}

TEST(ScriptJson, means_the_same_and_cannot_end_its_element) {
  const ordered_json document{{"</script><!--", "a & b \u2028\u2029 \"quoted\" é"}};
  const auto json = script_json(document);
  EXPECT_EQ(ordered_json::parse(json), document);
  EXPECT_EQ(json, R"({"\u003c/script\u003e\u003c!--":"a \u0026 b \u2028\u2029 \"quoted\" é"})");
}

}  // namespace
}  // namespace turngreen::report
