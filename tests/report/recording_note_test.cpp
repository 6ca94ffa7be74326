#include "turngreen/report/recording_note.h"

#include <gmock/gmock.h>

#include "report/sample_measurement.h"
#include "turngreen/report/measurement_json.h"

namespace turngreen::report {
namespace {

using pipeline::Measurement;

Measurement full_measurement() {
  Measurement m = sample_measurement();
  m.signal = 9;
  m.exit_status = 137;
  m.scope = pipeline::Scope::process;
  m.scope_basis = "cgroup";
  m.idle = pipeline::Idle{pipeline::Idle::Basis::measured,
                          {units::watts(1.0 / 3), units::watts(0.1), units::watts(0.7)},
                          units::seconds(2)};
  m.above_idle = units::Bounded<units::Energy>::exactly(units::joules(1.0 / 7));
  m.carbon =
      pipeline::CarbonFigure{{units::grams(0.1), units::grams(0.05), units::grams(0.2)}, "FR 2023"};
  const units::Currency euro("EUR");
  m.cost = pipeline::CostFigure{
      {units::Money(0.1, euro), units::Money(0.05, euro), units::Money(0.2, euro)}, "given"};
  m.metrics = {{"f1", 0.1 + 0.2}};
  m.effective = {{"precision", std::string("bf16")}, {"lora", true}, {"rank", 8.0}};
  m.progress = {{"train", 1000, 0}, {"", 5, 7}};
  m.predictions_file = "predictions.csv";
  return m;
}

TEST(RecordingNote, a_measurement_comes_back_as_it_was) {
  const Measurement before = full_measurement();
  auto after = parse_recording_note(recording_note(before));
  ASSERT_TRUE(after) << after.error().message;
  after->energy = before.energy;
  EXPECT_EQ(measurement_json(*after), measurement_json(before));
  EXPECT_EQ(after->above_idle, before.above_idle);
}

TEST(RecordingNote, a_measurement_with_nothing_optional_comes_back_as_it_was) {
  const Measurement before = sample_measurement();
  auto after = parse_recording_note(recording_note(before));
  ASSERT_TRUE(after) << after.error().message;
  after->energy = before.energy;
  EXPECT_EQ(measurement_json(*after), measurement_json(before));
}

TEST(RecordingNote, broken_notes_are_errors) {
  const std::string good = recording_note(full_measurement());
  for (const std::string& note :
       {std::string(), std::string("[]"), std::string("{}"), good.substr(0, good.size() / 2),
        std::string(R"({"schema": "turngreen.recording-note/1"})"), std::string(100'000, '[')}) {
    EXPECT_FALSE(parse_recording_note(note)) << note.substr(0, 60);
  }
}

TEST(RecordingNote, a_wrong_field_is_named) {
  std::string note = recording_note(full_measurement());
  const std::string scope = R"("scope":"process")";
  note.replace(note.find(scope), scope.size(), R"("scope":"planet")");
  const auto parsed = parse_recording_note(note);
  ASSERT_FALSE(parsed);
  EXPECT_THAT(parsed.error().message, testing::HasSubstr("scope"));
  EXPECT_THAT(parsed.error().message, testing::HasSubstr("planet"));
}

TEST(RecordingNote, a_note_of_another_schema_is_refused_by_name) {
  const auto parsed = parse_recording_note(R"({"schema": "turngreen.recording-note/9"})");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(parsed.error().message, testing::HasSubstr("recording-note/9"));
}

}  // namespace
}  // namespace turngreen::report
