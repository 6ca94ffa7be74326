#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "study/sample_study.h"
#include "turngreen/study/trial_json.h"

namespace turngreen::study {
namespace {

using nlohmann::json;
using testing::HasSubstr;

pipeline::Outcome there_and_back(const pipeline::Outcome& outcome) {
  return parse_outcome(outcome_json(outcome)).value();
}

TEST(OutcomeJson, everything_is_read_back_as_it_was) {
  const auto written = sample_outcome();
  const auto read = there_and_back(written);
  EXPECT_EQ(read.ending, written.ending);
  EXPECT_EQ(read.energy, written.energy);
  EXPECT_EQ(read.estimated, written.estimated);
  EXPECT_EQ(read.time, written.time);
  ASSERT_EQ(read.stages.size(), 2u);
  EXPECT_EQ(read.stages[0].name, "train");
  EXPECT_EQ(read.stages[0].energy, written.stages[0].energy);
  EXPECT_EQ(read.stages[0].time, written.stages[0].time);
  EXPECT_EQ(read.stages[0].samples, 4096u);
  EXPECT_EQ(read.stages[1].samples, std::nullopt);
  EXPECT_EQ(read.metric("macro_f1"), 0.875);
  EXPECT_EQ(read.metric("loss"), 0.1);
  ASSERT_EQ(read.effective.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(read.effective[i].knob, written.effective[i].knob);
    EXPECT_EQ(read.effective[i].value, written.effective[i].value);
  }
  EXPECT_EQ(read.predictions, written.predictions);
  EXPECT_EQ(read.peak_memory_bytes, written.peak_memory_bytes);
  EXPECT_EQ(read.energy_basis, written.energy_basis);
  EXPECT_EQ(read.faults, written.faults);
  EXPECT_EQ(read.output_tail, written.output_tail);
}

TEST(OutcomeJson, a_stage_keeps_what_each_domain_took_and_says_nothing_where_that_is_not_told) {
  auto written = sample_outcome();
  written.stages[0].domains = {{"gpu", units::joules(8.5)}, {"cpu", units::joules(1.25)}};
  const auto text = outcome_json(written);
  EXPECT_EQ(json::parse(text)["stages"][0]["domains"], json({{"gpu", 8.5}, {"cpu", 1.25}}));
  EXPECT_FALSE(json::parse(text)["stages"][1].contains("domains"));
  const auto read = parse_outcome(text).value();
  EXPECT_EQ(read.stages[0].domains, written.stages[0].domains);
  EXPECT_TRUE(read.stages[1].domains.empty());
}

TEST(OutcomeJson, what_was_not_measured_is_null_and_stays_absent) {
  const auto text = outcome_json(failed_outcome());
  EXPECT_TRUE(json::parse(text)["energy_j"].is_null());
  EXPECT_TRUE(json::parse(text)["peak_memory_bytes"].is_null());
  const auto read = parse_outcome(text).value();
  EXPECT_EQ(read.ending, pipeline::Ending::failed);
  EXPECT_EQ(read.reason, "exit status 1");
  EXPECT_EQ(read.energy, std::nullopt);
  EXPECT_EQ(read.peak_memory_bytes, std::nullopt);
  EXPECT_EQ(read.predictions, std::nullopt);
}

TEST(OutcomeJson, a_metric_that_was_no_finite_number_stays_what_it_was) {
  pipeline::Outcome outcome;
  outcome.metrics = {{"loss", std::nan("")},
                     {"norm", std::numeric_limits<double>::infinity()},
                     {"gain", -std::numeric_limits<double>::infinity()}};
  const auto read = there_and_back(outcome);
  EXPECT_TRUE(std::isnan(read.metrics.at(0).value));
  EXPECT_EQ(read.metrics.at(1).value, std::numeric_limits<double>::infinity());
  EXPECT_EQ(read.metrics.at(2).value, -std::numeric_limits<double>::infinity());
}

TEST(OutcomeJson, output_that_is_no_text_does_not_stand_in_the_way) {
  pipeline::Outcome outcome;
  outcome.output_tail = "a\xff\0b";
  EXPECT_EQ(there_and_back(outcome).output_tail, "a\xEF\xBF\xBD");
}

TEST(OutcomeJson, the_field_that_cannot_be_understood_is_named) {
  auto document = json::parse(outcome_json(sample_outcome()));
  document.erase("seconds");
  EXPECT_THAT(parse_outcome(document.dump()).error().message, HasSubstr("seconds"));
  document = json::parse(outcome_json(sample_outcome()));
  document["ending"] = "won";
  EXPECT_THAT(parse_outcome(document.dump()).error().message,
              HasSubstr("\"won\"; it can be completed, failed, infeasible or stopped"));
}

TEST(OutcomeJson, text_that_is_no_json_is_an_error) {
  EXPECT_FALSE(parse_outcome("").has_value());
  EXPECT_FALSE(parse_outcome("{\"ending\": ").has_value());
  EXPECT_FALSE(parse_outcome("[]").has_value());
}

}  // namespace
}  // namespace turngreen::study
