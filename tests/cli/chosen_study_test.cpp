#include "cli/chosen_study.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "cli/store_place.h"
#include "cli/study_folder.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;

class ChosenStudyTest : public testing::Test {
 protected:
  ChosenStudyTest() { EXPECT_EQ(folder.tune().status, 0); }
  std::string store() const { return (folder / "turngreen.db").string(); }
  void add_another_study() const {
    folder.study("");
    auto text = report::content_of(folder.file());
    text.replace(text.find("example"), 7, "another");
    report::write_file(folder / "study.yaml", text);
    EXPECT_EQ(folder.tune().status, 0);
  }
  StudyFolder folder;
};

TEST_F(ChosenStudyTest, a_study_file_says_store_and_name) {
  const auto chosen = choose_study({.file = folder.file(), .store = {}, .name = {}});
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ(chosen->record.name, "example");
  EXPECT_FALSE(chosen->trials.empty());
}

TEST_F(ChosenStudyTest, the_only_study_of_a_store_needs_no_name) {
  const auto chosen = choose_study({.file = {}, .store = store(), .name = {}});
  ASSERT_TRUE(chosen) << chosen.error().message;
  EXPECT_EQ(chosen->study.name, "example");
  EXPECT_EQ(chosen->study.space.knobs().size(), 2u);
}

TEST_F(ChosenStudyTest, of_several_the_error_lists_the_names) {
  add_another_study();
  const auto chosen = choose_study({.file = {}, .store = store(), .name = {}});
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().message, HasSubstr("example, another; say which with --study"));
  EXPECT_TRUE(choose_study({.file = {}, .store = store(), .name = "another"}));
}

TEST_F(ChosenStudyTest, a_name_that_is_not_there_has_the_nearest_in_the_error) {
  const auto chosen = choose_study({.file = {}, .store = store(), .name = "exmaple"});
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().message, HasSubstr("did you mean example?"));
}

TEST_F(ChosenStudyTest, a_file_and_another_name_contradict) {
  const auto chosen = choose_study({.file = folder.file(), .store = {}, .name = "another"});
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().message, HasSubstr("is the file of the study \"example\""));
}

TEST_F(ChosenStudyTest, a_file_whose_knobs_are_others_is_refused) {
  auto text = report::content_of(folder.file());
  text.replace(text.find("[8, 4, 2]"), 9, "[8, 2, 4]");
  report::write_file(folder / "study.yaml", text);
  const auto chosen = choose_study({.file = folder.file(), .store = {}, .name = {}});
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().message, HasSubstr("other knobs"));
}

TEST_F(ChosenStudyTest, a_store_that_is_not_there_is_not_made) {
  const auto place = folder / "none.db";
  const auto chosen = choose_study({.file = {}, .store = place.string(), .name = {}});
  ASSERT_FALSE(chosen);
  EXPECT_THAT(chosen.error().message, HasSubstr("there is no store"));
  EXPECT_FALSE(std::filesystem::exists(place));
}

TEST(StorePlace, the_option_goes_before_the_variable_and_that_before_the_default) {
  ::setenv("TURNGREEN_STORE", "/elsewhere/s.db", 1);
  EXPECT_EQ(store_place("given.db"), "given.db");
  EXPECT_EQ(store_place(""), "/elsewhere/s.db");
  ::unsetenv("TURNGREEN_STORE");
  EXPECT_EQ(store_place(""), "turngreen.db");
}

}  // namespace
}  // namespace turngreen::cli
