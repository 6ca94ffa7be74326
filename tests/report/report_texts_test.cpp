#include <gmock/gmock.h>

#include <algorithm>

#include "report/sample_report.h"
#include "turngreen/units/csv_records.h"

namespace turngreen::report {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kHostile = "a|b <script>_x_ & 50% \\end{table}\n=1+1";

TEST(ReportMarkdown, has_the_configurations_and_the_ledger) {
  const auto text = report_markdown(sample_report());
  EXPECT_THAT(text, HasSubstr("# digits"));
  EXPECT_THAT(text, HasSubstr("| baseline | "));
  EXPECT_THAT(text, HasSubstr("-60.0 %"));
  EXPECT_THAT(text, HasSubstr("## Ledger"));
}

TEST(ReportMarkdown, no_name_becomes_markup_or_another_cell) {
  const auto text = report_markdown(sample_report(kHostile));
  EXPECT_THAT(text, Not(HasSubstr("<script>")));
  EXPECT_THAT(text, HasSubstr("a\\|b \\<script\\>"));
}

TEST(ReportLatex, has_a_row_for_each_configuration_and_escapes_names) {
  const auto text = report_latex(sample_report(kHostile));
  EXPECT_THAT(text, HasSubstr("\\toprule"));
  EXPECT_THAT(text, HasSubstr("\\_x\\_ \\& 50\\% \\textbackslash{}end\\{table\\}"));
  EXPECT_EQ(std::ranges::count(text, '\n') > 0, true);
  EXPECT_THAT(text, HasSubstr("$-60.0$"));
}

TEST(ReportCsv, has_one_record_of_equal_length_for_each_configuration) {
  const auto text = report_csv(sample_report(kHostile));
  units::CsvRecords records(text);
  std::vector<std::string> header, row;
  ASSERT_TRUE(records.next(header).value());
  EXPECT_EQ(header.front(), "name");
  std::size_t rows = 0;
  while (records.next(row).value()) {
    EXPECT_EQ(row.size(), header.size());
    if (++rows == 2) {
      EXPECT_EQ(row.front(), kHostile);
      EXPECT_EQ(row[5], "40");
    }
    if (rows == 3) {
      EXPECT_EQ(row[5], "");
    }
  }
  EXPECT_EQ(rows, 3U);
}

TEST(ReportSummary, says_what_is_advised_first_and_lists_what_was_run) {
  const auto text = report_summary(sample_report(), {100, false});
  EXPECT_THAT(text, HasSubstr("study digits: 3 trials of 3 configurations"));
  EXPECT_THAT(text, HasSubstr("The study spent 140.0 J"));
  EXPECT_THAT(text, HasSubstr("-60.0 %"));
}

TEST(ReportSummary, no_name_moves_the_cursor) {
  EXPECT_THAT(report_summary(sample_report("x\x1b[2Jy"), {100, false}), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace turngreen::report
