#include "pipeline/open_spans.h"

#include <gtest/gtest.h>

namespace turngreen::pipeline {
namespace {

constexpr energy::StageId kTrain{1}, kEvaluate{2};
constexpr energy::TrackId kOne{10}, kTwo{20};

ClientSpan span(std::uint64_t id, energy::StageId stage, energy::TrackId track,
                std::string name = "") {
  return {std::move(name), stage, track, energy::SpanId{id}, {}};
}
std::uint64_t id(const ClientSpan* span) {
  return span == nullptr ? 0 : static_cast<std::uint64_t>(span->span);
}

TEST(OpenSpans, the_innermost_of_the_stage_on_the_track_is_found) {
  OpenSpans spans;
  spans.add(span(1, kTrain, kOne));
  spans.add(span(2, kTrain, kOne));
  spans.add(span(3, kTrain, kTwo));
  spans.add(span(4, kEvaluate, kOne));
  EXPECT_EQ(id(spans.find(kTrain, kOne)), 2U);
  spans.remove(*spans.find(kTrain, kOne));
  EXPECT_EQ(id(spans.find(kTrain, kOne)), 1U);
}

TEST(OpenSpans, else_the_latest_of_the_stage_on_any_track) {
  OpenSpans spans;
  spans.add(span(1, kTrain, kTwo));
  spans.add(span(2, kTrain, kTwo));
  spans.add(span(3, kEvaluate, kOne));
  EXPECT_EQ(id(spans.find(kTrain, kOne)), 2U);
  EXPECT_EQ(id(spans.find(energy::StageId{7}, kOne)), 0U);
}

TEST(OpenSpans, the_innermost_of_a_track_else_the_latest_of_all) {
  OpenSpans spans;
  EXPECT_EQ(id(spans.innermost(kOne)), 0U);
  spans.add(span(1, kTrain, kOne));
  spans.add(span(2, kEvaluate, kTwo));
  EXPECT_EQ(id(spans.innermost(kOne)), 1U);
  EXPECT_EQ(id(spans.innermost(energy::TrackId{30})), 2U);
}

TEST(OpenSpans, a_span_is_found_by_its_name_until_it_is_removed) {
  OpenSpans spans;
  spans.add(span(1, kTrain, kOne, "a"));
  spans.add(span(2, kTrain, kOne, "a"));
  EXPECT_EQ(id(spans.find("a")), 1U) << "a name in use keeps its meaning";
  spans.remove(*spans.find("a"));
  EXPECT_EQ(id(spans.find("a")), 0U);
  EXPECT_EQ(id(spans.find(kTrain, kOne)), 2U);
  EXPECT_EQ(spans.size(), 1U);
}

}  // namespace
}  // namespace turngreen::pipeline
