#include "turngreen/pipeline/run_protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace turngreen::pipeline {
namespace {

using testing::HasSubstr;

template <typename T>
T parse(std::string_view line) {
  const auto message = parse_message(line);
  EXPECT_TRUE(message) << (message ? "" : message.error().message);
  return message && std::holds_alternative<T>(*message) ? std::get<T>(*message) : T{};
}

std::string error_of(std::string_view line) {
  const auto message = parse_message(line);
  return message ? "understood" : message.error().message;
}

TEST(RunProtocol, a_begin_carries_stage_time_span_parent_and_track) {
  const auto begin = parse<BeginMessage>(
      R"({"event":"begin","stage":"train","time_ns":123,"span":"7","parent":"3","track":"12.34"})");
  EXPECT_EQ(begin.stage, "train");
  EXPECT_EQ(begin.time, energy::Instant::from_nanoseconds(123));
  EXPECT_EQ(begin.span, "7");
  EXPECT_EQ(begin.parent, "3");
  EXPECT_EQ(begin.track, "12.34");
}

TEST(RunProtocol, all_but_the_stage_may_be_left_out_of_a_begin) {
  const auto begin = parse<BeginMessage>(R"({"event":"begin","stage":"train"})");
  EXPECT_EQ(begin.stage, "train");
  EXPECT_FALSE(begin.time);
  EXPECT_EQ(begin.span + begin.parent + begin.track, "");
}

TEST(RunProtocol, an_end_needs_its_stage_or_its_span) {
  EXPECT_EQ(parse<EndMessage>(R"({"event":"end","stage":"train"})").stage, "train");
  EXPECT_EQ(parse<EndMessage>(R"({"event":"end","span":"7"})").span, "7");
  EXPECT_EQ(error_of(R"({"event":"end"})"), "end: stage is missing");
}

TEST(RunProtocol, progress_may_tell_how_much_there_will_be) {
  const auto message = parse<ProgressMessage>(R"({"event":"progress","total":60000})");
  EXPECT_EQ(message.total, 60000U);
  EXPECT_EQ(message.samples, 0U);
  EXPECT_EQ(parse<ProgressMessage>(R"({"event":"progress","samples":64})").total, 0U);
}

TEST(RunProtocol, progress_counts_samples_or_tokens) {
  EXPECT_EQ(parse<ProgressMessage>(R"({"event":"progress","samples":64})").samples, 64U);
  EXPECT_EQ(parse<ProgressMessage>(R"({"event":"progress","tokens":18446744073709551615})").tokens,
            18446744073709551615U);
  EXPECT_THAT(error_of(R"({"event":"progress"})"), HasSubstr("all missing"));
}

TEST(RunProtocol, a_count_is_whole_and_not_negative) {
  EXPECT_THAT(error_of(R"({"event":"progress","samples":-1})"),
              HasSubstr("samples is -1; it must be a whole number"));
  EXPECT_THAT(error_of(R"({"event":"progress","samples":1.5})"), HasSubstr("samples is 1.5"));
  EXPECT_THAT(error_of(R"({"event":"progress","samples":18446744073709551616})"),
              HasSubstr("whole number"));
}

TEST(RunProtocol, a_metric_is_a_finite_number) {
  const auto metric = parse<MetricMessage>(R"({"event":"metric","name":"macro_f1","value":0.91})");
  EXPECT_EQ(metric.name, "macro_f1");
  EXPECT_EQ(metric.value, 0.91);
  EXPECT_EQ(parse<MetricMessage>(R"({"event":"metric","name":"n","value":-3})").value, -3);
  EXPECT_THAT(error_of(R"({"event":"metric","name":"loss","value":"nan"})"),
              HasSubstr(R"(value of "loss" is the text "nan"; it must be a finite number)"));
  EXPECT_THAT(error_of(R"({"event":"metric","name":"loss","value":1e999})"), HasSubstr("not JSON"));
  EXPECT_THAT(error_of(R"({"event":"metric","name":"loss","value":NaN})"), HasSubstr("not JSON"));
}

TEST(RunProtocol, an_effective_value_is_a_text_a_number_or_a_truth) {
  using Value = std::variant<std::string, double, bool>;
  const auto value = [](std::string_view line) { return parse<EffectiveMessage>(line).value; };
  EXPECT_EQ(value(R"({"event":"effective","knob":"max_length","value":512})"), Value(512.0));
  EXPECT_EQ(value(R"({"event":"effective","knob":"precision","value":"bf16"})"),
            Value(std::string("bf16")));
  EXPECT_EQ(value(R"({"event":"effective","knob":"dedup","value":false})"), Value(false));
  EXPECT_THAT(error_of(R"({"event":"effective","knob":"dedup","value":null})"),
              HasSubstr("value of \"dedup\" is null"));
  EXPECT_THAT(error_of(R"({"event":"effective","knob":"dedup","value":[1]})"),
              HasSubstr("a list or object"));
}

TEST(RunProtocol, predictions_name_a_file) {
  EXPECT_EQ(parse<PredictionsMessage>(R"({"event":"predictions","file":"p.jsonl"})").file,
            "p.jsonl");
  EXPECT_EQ(error_of(R"({"event":"predictions","file":""})"), "predictions: file is empty");
}

TEST(RunProtocol, a_misspelt_event_or_key_names_the_nearest_right_one) {
  EXPECT_EQ(error_of(R"({"event":"begni","stage":"train"})"),
            R"(unknown event "begni"; did you mean "begin"?)");
  EXPECT_EQ(error_of(R"({"event":"begin","stge":"train"})"),
            R"(unknown key of begin "stge"; did you mean "stage"?)");
  EXPECT_EQ(error_of(R"({"event":"predictions","file":"p","colour":1})"),
            R"(unknown key of predictions "colour"; it may be file)");
  EXPECT_THAT(error_of(R"({"event":"explode"})"),
              HasSubstr("it may be begin, end, progress, metric, effective, predictions"));
}

TEST(RunProtocol, a_key_of_another_event_is_unknown) {
  EXPECT_THAT(error_of(R"({"event":"end","stage":"a","parent":"1"})"),
              HasSubstr("unknown key of end"));
}

TEST(RunProtocol, keys_that_begin_with_x_are_the_clients_own) {
  EXPECT_EQ(parse<BeginMessage>(R"({"event":"begin","stage":"a","x_note":{"deep":[1,2]}})").stage,
            "a");
}

TEST(RunProtocol, nesting_is_bounded) {
  const auto nested = [](std::size_t depth) {
    return R"({"event":"begin","stage":"a","x_y":)" + std::string(depth, '[') +
           std::string(depth, ']') + "}";
  };
  EXPECT_EQ(error_of(nested(kMaxDepth - 1)), "understood");
  EXPECT_EQ(error_of(nested(kMaxDepth)), "nested deeper than 8");
  EXPECT_EQ(error_of(nested(30'000)), "nested deeper than 8");
}

TEST(RunProtocol, names_are_bounded_and_free_of_control_characters) {
  const auto begin = [](const std::string& stage) {
    return R"({"event":"begin","stage":")" + stage + R"("})";
  };
  EXPECT_EQ(error_of(begin(std::string(kMaxNameBytes, 'a'))), "understood");
  EXPECT_EQ(error_of(begin(std::string(kMaxNameBytes + 1, 'a'))),
            "begin: stage has 257 bytes; at most 256 are allowed");
  EXPECT_THAT(error_of(begin(R"(a\u001b[31mred)")),
              HasSubstr("control characters are not allowed"));
  EXPECT_THAT(error_of(begin(R"(a\u0000b)")), HasSubstr("control characters"));
  EXPECT_THAT(error_of(begin("a\xc2\x9b"
                             "31m")),
              HasSubstr("control characters"));
  EXPECT_EQ(error_of(begin("größe 数")), "understood");
}

TEST(RunProtocol, text_that_is_no_utf_8_is_refused_and_not_repeated_raw) {
  const std::string error = error_of("{\"event\":\"begin\",\"stage\":\"\xff\xfe\"}");
  EXPECT_THAT(error, HasSubstr("not JSON"));
  EXPECT_EQ(error.find('\xff'), std::string::npos);
}

TEST(RunProtocol, a_time_is_a_whole_count_of_nanoseconds_from_zero_on) {
  const auto begin = [](std::string_view time) {
    return R"({"event":"begin","stage":"a","time_ns":)" + std::string(time) + "}";
  };
  EXPECT_EQ(error_of(begin("9223372036854775807")), "understood");
  for (const auto* time : {"-1", "1.5", "\"1\"", "null", "9223372036854775808", "1e18"}) {
    EXPECT_THAT(error_of(begin(time)), HasSubstr("it must be CLOCK_MONOTONIC")) << time;
  }
}

TEST(RunProtocol, what_is_not_one_json_object_is_refused) {
  for (const auto* line :
       {"", "hello", "[]", "3", "\"x\"", "null", "{", "{}{}", "{\"event\":\"end\",}", "{}"}) {
    EXPECT_NE(error_of(line), "understood") << line;
  }
  EXPECT_EQ(error_of("3"), "a number instead of an object");
  EXPECT_EQ(error_of("{}"), "event is missing");
}

TEST(RunProtocol, a_key_that_occurs_twice_is_refused) {
  EXPECT_EQ(error_of(R"({"event":"begin","stage":"a","stage":"b"})"), R"("stage" occurs twice)");
}

TEST(RunProtocol, ten_thousand_keys_are_refused_early) {
  std::string line = "{\"event\":\"begin\",\"stage\":\"a\"";
  for (int i = 0; i < 5000; ++i) line += ",\"x_" + std::to_string(i) + "\":0";
  EXPECT_EQ(error_of(line + "}"), "more than 64 members");
}

TEST(RunProtocol, a_line_beyond_the_limit_is_refused) {
  EXPECT_THAT(error_of(std::string(kMaxLineBytes + 1, ' ')), HasSubstr("a line has at most 65536"));
}

}  // namespace
}  // namespace turngreen::pipeline
