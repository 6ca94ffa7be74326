#include "pipeline/run_transcript.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "pipeline/hand_meter.h"

namespace turngreen::pipeline {
namespace {

using energy::at;
using energy::FaultKind;
using testing::HasSubstr;
using units::microseconds;
using units::milliseconds;
using units::seconds;

class RunTranscriptTest : public testing::Test {
 protected:
  void tell(units::Duration when, std::string_view line, std::uint64_t connection = 0) {
    tell_together(when, line, connection);
    transcript_.settle();
  }
  // With the lines before, in one reading.
  void tell_together(units::Duration when, std::string_view line, std::uint64_t connection = 0) {
    transcript_.add_line(connection, line, at(when));
  }
  static std::string time(units::Duration when) {
    return fmt::format(",\"time_ns\":{}", at(when).in_nanoseconds());
  }
  energy::Statement finish(units::Duration when = seconds(10)) {
    transcript_.finish(measurement_);
    return meter_.finish(when);
  }
  HandMeter meter_;
  RunTranscript transcript_{meter_.meter(), at(units::Duration{})};
  Measurement measurement_;
};

std::string stage_line(std::string_view event, std::string_view stage, std::string_view more = "") {
  return fmt::format(R"({{"event":"{}","stage":"{}"{}}})", event, stage, more);
}

TEST_F(RunTranscriptTest, stages_nest_on_their_track_and_cost_their_time) {
  tell(seconds(1), stage_line("begin", "train"));
  tell(seconds(2), stage_line("begin", "epoch"));
  tell(seconds(5), stage_line("end", "epoch"));
  tell(seconds(7), stage_line("end", "train"));
  const auto statement = finish();
  const auto& train = find_stage(statement, "train");
  const auto& epoch = find_stage(statement, "epoch");
  EXPECT_EQ(train.time, seconds(6));
  EXPECT_EQ(epoch.time, seconds(3));
  ASSERT_TRUE(epoch.parent);
  EXPECT_EQ(&statement.stages[*epoch.parent], &train);
  EXPECT_TRUE(statement.faults.empty());
}

TEST_F(RunTranscriptTest, the_clients_time_counts_and_not_the_arrival) {
  tell(seconds(3), stage_line("begin", "a", time(seconds(1))));
  tell(seconds(9), stage_line("end", "a", time(seconds(5))));
  EXPECT_EQ(find_stage(finish(), "a").time, seconds(4));
}

TEST_F(RunTranscriptTest,
       a_time_in_the_future_or_before_the_start_is_a_fault_and_the_arrival_counts) {
  tell(seconds(3), stage_line("begin", "a", time(seconds(8))));
  tell(seconds(9), stage_line("end", "a", ",\"time_ns\":5"));
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "a").time, seconds(6));
  const auto* fault = find_fault(statement, FaultKind::protocol);
  ASSERT_NE(fault, nullptr);
  EXPECT_EQ(fault->count, 2U);
  EXPECT_THAT(fault->detail, HasSubstr("time_ns lies in the future"));
}

TEST_F(RunTranscriptTest, a_line_without_a_time_is_no_later_than_the_timed_one_read_after_it) {
  tell_together(seconds(5), stage_line("begin", "outer", R"(,"span":"sh.1","track":"1")"));
  tell_together(seconds(5),
                stage_line("begin", "inner", R"(,"parent":"sh.1","track":"2")" + time(seconds(2))));
  tell_together(seconds(5), stage_line("end", "inner", R"(,"track":"2")" + time(seconds(4))));
  tell_together(seconds(5), R"({"event":"end","span":"sh.1"})");
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "outer").time, seconds(3));
  EXPECT_EQ(find_stage(statement, "inner").time, seconds(2));
  EXPECT_TRUE(find_stage(statement, "inner").parent);
}

TEST_F(RunTranscriptTest, a_span_that_seems_to_begin_before_its_parent_begins_with_it) {
  tell(seconds(5), stage_line("begin", "outer", R"(,"span":"sh.1","track":"1")"));
  tell(seconds(6),
       stage_line("begin", "inner", R"(,"parent":"sh.1","track":"2")" + time(seconds(2))));
  tell(seconds(6), stage_line("end", "inner", R"(,"track":"2")" + time(seconds(4))));
  const auto statement = finish();
  EXPECT_TRUE(find_stage(statement, "inner").parent);
  EXPECT_EQ(find_stage(statement, "inner").time, seconds(0));
}

TEST_F(RunTranscriptTest, an_end_without_a_span_closes_the_innermost_of_its_stage_and_track) {
  tell(seconds(1), stage_line("begin", "a", R"(,"track":"1")"));
  tell(seconds(2), stage_line("begin", "a", R"(,"track":"2")"));
  tell(seconds(3), stage_line("end", "a", R"(,"track":"1")"));
  tell(seconds(6), stage_line("end", "a", R"(,"track":"2")"));
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "a").count, 2U);
  EXPECT_EQ(find_stage(statement, "a").time, seconds(2 + 4));
  EXPECT_FALSE(find_stage(statement, "a").open_at_end);
}

TEST_F(RunTranscriptTest, an_end_from_another_track_still_finds_its_stage) {
  tell(seconds(1), stage_line("begin", "a", R"(,"track":"1")"));
  tell(seconds(3), stage_line("end", "a", R"(,"track":"9")"), 5);
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "a").time, seconds(2));
  EXPECT_TRUE(statement.faults.empty());
}

TEST_F(RunTranscriptTest, a_span_is_ended_by_its_id_whatever_is_open_around_it) {
  tell(seconds(1), stage_line("begin", "a", R"(,"span":"x","track":"1")"));
  tell(seconds(2), stage_line("begin", "a", R"(,"span":"y","track":"2")"));
  tell(seconds(3), R"({"event":"end","span":"x"})");
  tell(seconds(7), R"({"event":"end","span":"y"})");
  EXPECT_EQ(find_stage(finish(), "a").time, seconds(2 + 5));
}

TEST_F(RunTranscriptTest, a_parent_places_a_span_of_another_program) {
  tell(seconds(1), stage_line("begin", "outer", R"(,"span":"sh.1","track":"1")"));
  tell(seconds(2), stage_line("begin", "inner", R"(,"parent":"sh.1","track":"2")"), 3);
  tell(seconds(3), stage_line("end", "inner", R"(,"track":"2")"), 3);
  tell(seconds(4), stage_line("end", "outer"));
  const auto statement = finish();
  ASSERT_TRUE(find_stage(statement, "inner").parent);
  EXPECT_EQ(statement.stages[*find_stage(statement, "inner").parent].name, "outer");
}

TEST_F(RunTranscriptTest, a_parent_that_has_ended_is_no_parent_and_no_fault) {
  tell(seconds(1), stage_line("begin", "a", R"(,"parent":"gone")"));
  tell(seconds(2), stage_line("end", "a"));
  const auto statement = finish();
  EXPECT_FALSE(find_stage(statement, "a").parent);
  EXPECT_TRUE(statement.faults.empty());
}

TEST_F(RunTranscriptTest, a_span_id_in_use_is_a_fault_and_both_spans_are_counted) {
  tell(seconds(1), stage_line("begin", "a", R"(,"span":"1")"));
  tell(seconds(2), stage_line("begin", "b", R"(,"span":"1")"));
  tell(seconds(3), stage_line("end", "b"));
  tell(seconds(4), R"({"event":"end","span":"1"})");
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "a").time, seconds(3));
  EXPECT_EQ(find_stage(statement, "b").time, seconds(1));
  ASSERT_NE(find_fault(statement, FaultKind::protocol), nullptr);
}

TEST_F(RunTranscriptTest, an_end_of_nothing_is_unmatched_and_makes_no_stage) {
  tell(seconds(1), stage_line("end", "never"));
  tell(seconds(1), R"({"event":"end","span":"7"})");
  const auto statement = finish();
  EXPECT_TRUE(statement.stages.empty());
  const auto* fault = find_fault(statement, FaultKind::unmatched);
  ASSERT_NE(fault, nullptr);
  EXPECT_EQ(fault->count, 2U);
  EXPECT_THAT(fault->detail, HasSubstr("never"));
}

TEST_F(RunTranscriptTest, a_stage_that_never_ends_lasts_to_the_end_and_says_so) {
  tell(seconds(4), stage_line("begin", "endless"));
  const auto statement = finish();
  EXPECT_TRUE(find_stage(statement, "endless").open_at_end);
  EXPECT_EQ(find_stage(statement, "endless").time, seconds(6));
}

TEST_F(RunTranscriptTest, malformed_lines_are_one_fault_with_the_first_example) {
  tell(seconds(1), "{\"event\":\"begin\",\"stge\":\"\x1b[31m\"}");
  for (int i = 0; i < 999; ++i) tell(seconds(2), "nonsense");
  const auto statement = finish();
  ASSERT_EQ(statement.faults.size(), 1U);
  EXPECT_EQ(statement.faults[0].kind, FaultKind::protocol);
  EXPECT_EQ(statement.faults[0].count, 1000U);
  EXPECT_THAT(statement.faults[0].detail, HasSubstr("1000 times; first: "));
  EXPECT_EQ(statement.faults[0].detail.find('\x1b'), std::string::npos);
  EXPECT_EQ(statement.faults[0].first, at(seconds(1)));
  EXPECT_EQ(statement.faults[0].last, at(seconds(2)));
}

TEST_F(RunTranscriptTest, blank_lines_are_nothing) {
  tell(seconds(1), "");
  tell(seconds(1), " \t\r");
  EXPECT_TRUE(finish().faults.empty());
}

TEST_F(RunTranscriptTest, progress_adds_up_in_the_stage_that_is_open) {
  tell(seconds(1), R"({"event":"progress","samples":1})");
  tell(seconds(1), stage_line("begin", "train"));
  tell(seconds(2), R"({"event":"progress","samples":64,"tokens":8192})");
  tell(seconds(3), R"({"event":"progress","samples":36,"track":"some worker"})");
  tell(seconds(4), stage_line("end", "train"));
  finish();
  ASSERT_EQ(measurement_.progress.size(), 2U);
  EXPECT_EQ(measurement_.progress[0].stage, "");
  EXPECT_EQ(measurement_.progress[0].samples, 1U);
  EXPECT_EQ(measurement_.progress[1].stage, "train");
  EXPECT_EQ(measurement_.progress[1].samples, 100U);
  EXPECT_EQ(measurement_.progress[1].tokens, 8192U);
}

TEST_F(RunTranscriptTest, a_metric_told_on_the_way_stands_at_the_share_that_is_done) {
  tell(seconds(1), stage_line("begin", "train"));
  tell(seconds(1), R"({"event":"progress","total":100})");
  tell(seconds(2), R"({"event":"progress","samples":25})");
  tell(seconds(2), R"({"event":"metric","name":"f1","value":0.5})");
  ASSERT_EQ(transcript_.curve().size(), 1U);
  EXPECT_EQ(transcript_.curve()[0].share, 0.25);
  tell(seconds(4), stage_line("end", "train"));
  EXPECT_TRUE(finish().faults.empty());
}

TEST_F(RunTranscriptTest, a_total_is_no_work) {
  tell(seconds(1), R"({"event":"progress","total":100})");
  finish();
  EXPECT_TRUE(measurement_.progress.empty());
}

TEST_F(RunTranscriptTest, progress_beyond_64_bits_is_a_fault_and_does_not_wrap) {
  tell(seconds(1), R"({"event":"progress","samples":18446744073709551615})");
  tell(seconds(2), R"({"event":"progress","samples":1})");
  const auto statement = finish();
  EXPECT_EQ(measurement_.progress.at(0).samples, 18446744073709551615U);
  EXPECT_NE(find_fault(statement, FaultKind::protocol), nullptr);
}

TEST_F(RunTranscriptTest, the_last_metric_effective_value_and_file_count) {
  tell(seconds(1), R"({"event":"metric","name":"f1","value":0.5})");
  tell(seconds(2), R"({"event":"metric","name":"f1","value":0.9})");
  tell(seconds(2), R"({"event":"effective","knob":"max_length","value":512})");
  tell(seconds(2), R"({"event":"predictions","file":"a"})");
  tell(seconds(3), R"({"event":"predictions","file":"b"})");
  finish();
  ASSERT_EQ(measurement_.metrics.size(), 1U);
  EXPECT_EQ(measurement_.metrics[0].value, 0.9);
  ASSERT_EQ(measurement_.effective.size(), 1U);
  EXPECT_EQ(std::get<double>(measurement_.effective[0].value), 512);
  EXPECT_EQ(measurement_.predictions_file, "b");
}

TEST_F(RunTranscriptTest, a_flood_of_metrics_is_bounded_and_said) {
  for (int i = 0; i < 5000; ++i)
    tell(seconds(1), fmt::format(R"({{"event":"metric","name":"m{}","value":1}})", i));
  const auto statement = finish();
  EXPECT_EQ(measurement_.metrics.size(), 1000U);
  EXPECT_EQ(find_fault(statement, FaultKind::overflow)->count, 4000U);
}

TEST_F(RunTranscriptTest, a_mark_that_arrives_after_the_end_belongs_to_the_run) {
  tell(seconds(1), stage_line("begin", "a"));
  transcript_.end_at(at(seconds(10)));
  tell(seconds(11), stage_line("end", "a"));
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "a").time, seconds(9));
  EXPECT_FALSE(find_stage(statement, "a").open_at_end);
}

TEST_F(RunTranscriptTest, ten_thousand_marks_in_a_row_are_all_counted) {
  for (int i = 0; i < 10'000; ++i) {
    tell(microseconds(100) * i, stage_line("begin", "step"));
    tell(microseconds(100) * i + microseconds(50), stage_line("end", "step"));
  }
  const auto statement = finish();
  EXPECT_EQ(find_stage(statement, "step").count, 10'000U);
  EXPECT_EQ(find_stage(statement, "step").time, milliseconds(500));
}

}  // namespace
}  // namespace turngreen::pipeline
