#include "pipeline/metric_expressions.h"

#include <gmock/gmock.h>

#include <chrono>

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Found = std::map<std::string, std::string>;

Found search(const std::string& expression, std::string_view line) {
  FaultLines faults;
  const std::vector<MetricPattern> patterns{{"m", expression}};
  const MetricExpressions expressions(patterns, faults);
  EXPECT_TRUE(faults.empty()) << faults.text();
  Found found;
  expressions.search(line, found);
  return found;
}

TEST(MetricExpressions, the_last_match_in_a_line_counts) {
  EXPECT_THAT(search("f1=([0-9.]+)", "f1=0.1 f1=0.2 f2=0.3"), ElementsAre(Pair("m", "0.2")));
  EXPECT_THAT(search("f1=([0-9.]+)", "nothing"), IsEmpty());
}

TEST(MetricExpressions, a_match_of_nothing_ends) {
  EXPECT_THAT(search("(x*)", "aaa"), ElementsAre(Pair("m", "")));
  EXPECT_THAT(search("a|(b)", "aaa"), IsEmpty());
}

TEST(MetricExpressions, expressions_that_choke_others_take_linear_time) {
  const auto start = std::chrono::steady_clock::now();
  search("(a+)+(a+)+b", std::string(4096, 'a'));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(MetricExpressions, bytes_that_are_no_text_are_searched_too) {
  EXPECT_THAT(search("f1=([0-9.]+)", "\xff\xfe f1=1"), ElementsAre(Pair("m", "1")));
}

}  // namespace
}  // namespace turngreen::pipeline
