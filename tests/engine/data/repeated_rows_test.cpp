#include "turngreen/engine/data/repeated_rows.h"

#include <gmock/gmock.h>

#include "engine/tokenizer/small_tokenizer.h"
#include "turngreen/engine/data/load_examples.h"
#include "written_file.h"

namespace turngreen::data {
namespace {

using selection::Dedup;
using selection::DuplicateFinder;
using testing::ElementsAre;

class RepeatedRowsOf : public testing::Test {
 protected:
  Result<LoadedExamples> load(const std::string& content) {
    const WrittenFile file("a.csv", "text,label\n" + content);
    options_.read.text = "text";
    options_.read.label = "label";
    return load_examples(file.path(), tokenizer_, options_);
  }

  tokenizer::Tokenizer tokenizer_ =
      tokenizer::Tokenizer::parse(tokenizer::small_bert().dump(), "small.json").value();
  DuplicateFinder finder_ = DuplicateFinder::create({.dedup = Dedup::exact}).value();
  LoadOptions options_;
};

TEST_F(RepeatedRowsOf, training_are_left_out_and_told_with_what_they_repeat) {
  options_.repeats = {.finder = &finder_};
  const auto loaded = load("hello,a\nworld,b\nhello,b\nworld,b\nhello,a\n").value();
  EXPECT_THAT(loaded.examples.rows, ElementsAre(0U, 1U));
  EXPECT_THAT(loaded.examples.classes, ElementsAre(0, 1));
  ASSERT_EQ(loaded.repeated.rows.size(), 3U);
  EXPECT_EQ(loaded.repeated.rows[1].row, 3U);
  EXPECT_EQ(loaded.repeated.rows[1].of.row, 1U);
  EXPECT_EQ(loaded.repeated.of_other_label, 1U);
}

TEST_F(RepeatedRowsOf, a_bad_row_is_no_reason_to_leave_out_a_good_one) {
  options_.repeats = {.finder = &finder_};
  options_.read.on_bad_row = BadRows::skip;
  const auto loaded = load("hello,\nhello,a\nworld,b\n").value();
  EXPECT_THAT(loaded.examples.rows, ElementsAre(1U, 2U));
  EXPECT_EQ(loaded.bad_rows, 1U);
}

TEST_F(RepeatedRowsOf, validation_stay_and_are_told) {
  finder_.add(finder_.mark_of("hello"), 9);
  options_.repeats = {.finder = &finder_, .leaves_out = false};
  const auto loaded = load("hello,a\nworld,b\nworld,b\nhello,a\n").value();
  EXPECT_EQ(loaded.examples.size(), 4);
  ASSERT_EQ(loaded.repeated.rows.size(), 2U);
  EXPECT_EQ(loaded.repeated.rows[1].row, 3U);
  EXPECT_EQ(loaded.repeated.rows[1].of.row, 9U);
}

TEST_F(RepeatedRowsOf, no_search_leaves_all) {
  EXPECT_EQ(load("hello,a\nhello,b\n").value().examples.size(), 2);
}

}  // namespace
}  // namespace turngreen::data
