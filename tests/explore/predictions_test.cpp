#include "turngreen/explore/predictions.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace turngreen::explore {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

Result<Predictions> parse(std::string_view text, const PredictionColumns& columns = {}) {
  return parse_predictions(text, "predictions.csv", columns);
}

std::string error_of(std::string_view text, const PredictionColumns& columns = {}) {
  const auto parsed = parse(text, columns);
  return parsed ? "no error" : parsed.error().message;
}

TEST(Predictions, columns_are_found_by_name_and_others_passed_over) {
  const auto parsed = parse("text,prediction,label\n\"a, b\",spam,ham\nc,ham,ham\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->classes, ElementsAre("ham", "spam"));
  EXPECT_THAT(parsed->truth, ElementsAre(0u, 0u));
  EXPECT_THAT(parsed->predicted, ElementsAre(1u, 0u));
  EXPECT_THAT(parsed->ids, IsEmpty());
  EXPECT_THAT(parsed->truth_counts(), ElementsAre(2u, 0u));
}

TEST(Predictions, ids_are_read_where_the_column_is_there) {
  const auto parsed = parse("id,label,prediction\nb,1,0\na,0,0\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->ids, ElementsAre("b", "a"));
}

TEST(Predictions, columns_may_have_other_names) {
  const auto parsed = parse("y,guess\n1,0\n", {.truth = "y", .predicted = "guess"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->rows(), 1u);
}

TEST(Predictions, a_class_that_became_floating_point_is_the_same_class) {
  const auto parsed = parse("label,prediction\n1, 1.0\n-2.00,-2\n1.5,1.50\n01,1\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->classes, ElementsAre("1", "-2", "1.5", "1.50", "01"));
}

TEST(Predictions, json_lines_may_hold_texts_numbers_and_truth_values) {
  const auto parsed = parse(
      "{\"label\": 1, \"prediction\": 1.0, \"id\": 7}\n\n"
      "{\"prediction\": \"1\", \"id\": \"x\", \"label\": false}\n");
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->classes, ElementsAre("1", "false"));
  EXPECT_THAT(parsed->truth, ElementsAre(0u, 1u));
  EXPECT_THAT(parsed->predicted, ElementsAre(0u, 0u));
  EXPECT_THAT(parsed->ids, ElementsAre("7", "x"));
}

TEST(Predictions, a_missing_column_is_named_with_the_nearest) {
  EXPECT_EQ(error_of("lable,prediction\n1,1\n"),
            "predictions.csv:1: there is no column 'label'; did you mean 'lable'?");
  EXPECT_THAT(
      error_of("{\"truth\": 1, \"prediction\": 1}\n"),
      StartsWith("predictions.csv:1: there is no key 'label'; found 'prediction', 'truth'"));
}

TEST(Predictions, a_fault_is_told_with_its_line) {
  EXPECT_THAT(error_of("label,prediction\n1,1\n1,\n"),
              StartsWith("predictions.csv:3: an empty cell"));
  EXPECT_THAT(error_of("label,prediction\n1,1\n1\n"),
              StartsWith("predictions.csv:3: 1 fields where the header has 2"));
  EXPECT_THAT(error_of("id,label,prediction\na,1,1\nb,0,0\na,1,1\n"),
              StartsWith("predictions.csv:4: the id 'a' stands in an earlier row too"));
  EXPECT_THAT(error_of("{\"label\": 1, \"prediction\": 1}\n{\"label\": 1,\n"),
              StartsWith("predictions.csv:2: the line is no JSON object"));
  EXPECT_THAT(error_of("{\"label\": null, \"prediction\": 1}\n"),
              StartsWith("predictions.csv:1: 'label' is of type null"));
  EXPECT_THAT(error_of("{\"label\": 1, \"prediction\": 1}\n"
                       "{\"label\": 1, \"prediction\": 1, \"id\": 3}\n"),
              StartsWith("predictions.csv:2: some rows have an id"));
}

TEST(Predictions, a_file_without_rows_is_an_error) {
  EXPECT_THAT(error_of("label,prediction\n"), HasSubstr("holds no rows"));
  EXPECT_NE(error_of(""), "no error");
}

TEST(Predictions, scores_instead_of_classes_are_refused_after_so_many) {
  std::string text = "label,prediction\n";
  for (std::size_t i = 0; i <= kMostClasses; ++i) text += fmt::format("0,0.{}1\n", i);
  EXPECT_THAT(error_of(text), HasSubstr("more than 10000 different classes"));
}

TEST(Predictions, a_json_line_of_a_megabyte_is_refused) {
  EXPECT_THAT(error_of("{\"label\": " + std::string(1'000'000, '[')), HasSubstr("at most 1000000"));
}

class PredictionsFile : public testing::Test {
 protected:
  PredictionsFile() {
    std::string name = (std::filesystem::temp_directory_path() / "predictions-XXXXXX").string();
    directory_ = mkdtemp(name.data());
  }
  ~PredictionsFile() override { std::filesystem::remove_all(directory_); }
  std::filesystem::path directory_;
};

TEST_F(PredictionsFile, is_read_from_disk) {
  std::ofstream(directory_ / "p.csv") << "label,prediction\n1,0\n";
  const auto loaded = load_predictions(directory_ / "p.csv", {});
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->rows(), 1u);
}

TEST_F(PredictionsFile, that_is_not_there_is_an_error_with_its_name) {
  const auto loaded = load_predictions(directory_ / "none.csv", {});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, Error::Kind::not_found);
  EXPECT_THAT(loaded.error().message, HasSubstr("none.csv"));
}

TEST_F(PredictionsFile, that_is_a_pipe_is_refused_without_waiting_for_it) {
  ASSERT_EQ(mkfifo((directory_ / "pipe").c_str(), 0600), 0);
  const auto loaded = load_predictions(directory_ / "pipe", {});
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, Error::Kind::unsupported);
}

TEST_F(PredictionsFile, beyond_the_limit_is_refused) {
  const auto file = directory_ / "large.csv";
  std::ofstream(file) << "label,prediction\n";
  std::filesystem::resize_file(file, kLargestPredictionsFile + 1);  // sparse
  const auto loaded = load_predictions(file, {});
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().message, HasSubstr("larger than 256 MB"));
}

}  // namespace
}  // namespace turngreen::explore
