#include "turngreen/study/store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "energy/as_nobody.h"
#include "report/scratch_directory.h"
#include "study/sample_study.h"

namespace turngreen::study {
namespace {

using report::content_of;
using report::write_file;
using testing::HasSubstr;

class StoreTest : public testing::Test {
 protected:
  Store open() const { return Store::open(file()).value(); }
  std::filesystem::path file() const { return scratch_ / "turngreen.db"; }
  static Result<StudyRecord> begin(Store& store, std::string_view name,
                                   std::vector<knobs::Knob> knobs) {
    return store.open_study(name, knobs::Space::build(std::move(knobs)).value(), 7, "name: a\n",
                            "/home/me/study.yaml");
  }
  static void add_trial(Store& store, std::int64_t study, double joules) {
    const auto trial = store.claim(study,
                                   [](const auto&) {
                                     return assignment({1, 2});
                                   })
                           .value()
                           .value();
    ASSERT_TRUE(store.finish(study, trial.number, sample_outcome(joules), {}).has_value());
  }

  report::ScratchDirectory scratch_;
};

TEST_F(StoreTest, a_study_is_found_again_as_it_was_made) {
  {
    Store store = open();
    ASSERT_TRUE(store.open_study("a", sample_space(), 7, "name: a\n", "/home/me/s.yaml"));
  }
  const StudyRecord found = open().find_study("a").value();
  EXPECT_EQ(found.name, "a");
  EXPECT_EQ(found.seed, 7u);
  EXPECT_EQ(found.file_text, "name: a\n");
  EXPECT_EQ(found.file_path, "/home/me/s.yaml");
  EXPECT_THAT(found.knobs, testing::ElementsAre("lr", "width"));
  EXPECT_THAT(found.values[1], testing::ElementsAre("8", "4", "2"));
  EXPECT_THAT(found.off, testing::ElementsAre(0u, 0u));
}

TEST_F(StoreTest, a_study_opened_again_is_the_same_one_with_its_first_seed) {
  Store store = open();
  const auto first = store.open_study("a", sample_space(), 7, "old", "s.yaml").value();
  const auto again = store.open_study("a", sample_space(), 8, "new", "s.yaml").value();
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.seed, 7u);
  EXPECT_EQ(store.find_study("a").value().file_text, "new");
}

TEST_F(StoreTest, values_may_be_added_at_the_end) {
  Store store = open();
  ASSERT_TRUE(begin(store, "a", {knob("width", {"8", "4"})}));
  ASSERT_TRUE(begin(store, "a", {knob("width", {"8.0", "4", "2"})}));
  EXPECT_THAT(store.find_study("a").value().values[0], testing::ElementsAre("8.0", "4", "2"));
}

TEST_F(StoreTest, what_would_change_the_meaning_of_trials_is_refused_and_named) {
  Store store = open();
  ASSERT_TRUE(begin(store, "a", {knob("lr", {"1"}), knob("width", {"8", "4"})}));
  const auto message = [&](std::vector<knobs::Knob> knobs) {
    const auto refused = begin(store, "a", std::move(knobs));
    return refused ? std::string() : refused.error().message;
  };
  EXPECT_THAT(message({knob("lr", {"1"})}),
              HasSubstr("were, in this order, lr, width and now are lr"));
  EXPECT_THAT(message({knob("lr", {"1"}), knob("width", {"8", "2", "4"})}),
              HasSubstr("knob width had the values 8, 4 and now has 8, 2, 4"));
  EXPECT_THAT(message({knob("lr", {"1"}), knob("width", {"8", "4"}, 1)}),
              HasSubstr("knob width was off at 8 and now is at 4"));
  EXPECT_THAT(store.find_study("a").value().values[1], testing::ElementsAre("8", "4"));
}

TEST_F(StoreTest, a_mistyped_name_gets_the_nearest_one) {
  Store store = open();
  EXPECT_THAT(store.find_study("digits").error().message, HasSubstr("it holds none"));
  ASSERT_TRUE(begin(store, "digits", {}));
  const auto missing = store.find_study("digit");
  EXPECT_EQ(missing.error().kind, Error::Kind::not_found);
  EXPECT_THAT(missing.error().message, HasSubstr("did you mean digits?"));
}

TEST_F(StoreTest, summaries_count_trials_and_joules_of_each_study) {
  Store store = open();
  const auto a = begin(store, "a", {}).value();
  const auto b = begin(store, "b", {}).value();
  add_trial(store, a.id, 10);
  add_trial(store, a.id, 30);
  ASSERT_TRUE(store.claim(a.id, [](const auto&) { return assignment({0, 0}); }));
  const auto all = store.studies().value();
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].name, "a");
  EXPECT_EQ(all[0].finished, 2u);
  EXPECT_EQ(all[0].running, 1u);
  EXPECT_EQ(all[0].spent, units::joules(40));
  EXPECT_GT(all[0].created_unix_ns, 0);
  EXPECT_EQ(all[1].id, b.id);
  EXPECT_EQ(all[1].finished, 0u);
  EXPECT_EQ(all[1].running, 0u);
}

TEST_F(StoreTest, a_deleted_study_takes_its_trials_along_and_no_others) {
  Store store = open();
  const auto a = begin(store, "a", {}).value();
  const auto b = begin(store, "b", {}).value();
  add_trial(store, a.id, 10);
  add_trial(store, b.id, 20);
  ASSERT_TRUE(store.delete_study("a").has_value());
  EXPECT_TRUE(store.trials(a.id).value().empty());
  EXPECT_EQ(store.trials(b.id).value().size(), 1u);
  EXPECT_FALSE(store.find_study("a").has_value());
  EXPECT_THAT(store.delete_study("a").error().message, HasSubstr("no study \"a\""));
}

TEST_F(StoreTest, a_trial_of_a_study_that_was_deleted_meanwhile_is_told_as_gone) {
  Store store = open();
  const auto a = begin(store, "a", {}).value();
  const auto claimed = store.claim(a.id, [](const auto&) { return assignment({0, 0}); }).value();
  ASSERT_TRUE(open().delete_study("a").has_value());
  EXPECT_THAT(store.finish(a.id, claimed->number, sample_outcome(), {}).error().message,
              HasSubstr("deleted with its study"));
  EXPECT_THAT(store.claim(a.id,
                          [](const auto&) {
                            return assignment({0, 0});
                          })
                  .error()
                  .message,
              HasSubstr("somebody deleted it"));
}

TEST_F(StoreTest, an_imported_study_is_there_wholly_or_not_at_all) {
  Store store = open();
  auto record = begin(store, "a", {knob("lr", {"1", "2"})}).value();
  add_trial(store, record.id, 10);
  const auto trials = store.trials(record.id).value();
  EXPECT_THAT(store.import_study(record, trials).error().message, HasSubstr("already"));

  record.name = "b";
  const auto imported = store.import_study(record, trials).value();
  EXPECT_NE(imported.id, record.id);
  EXPECT_EQ(store.trials(imported.id).value().size(), 1u);
  EXPECT_EQ(store.find_study("b").value().values, record.values);

  record.name = "c";
  EXPECT_FALSE(store.import_study(record, {trials[0], Trial()}).has_value());
  EXPECT_FALSE(store.find_study("c").has_value());
}

TEST_F(StoreTest, a_file_that_is_no_database_is_refused_and_left_alone) {
  write_file(file(), "name: example\npipeline: nothing of a database\n");
  const std::string before = content_of(file());
  const auto refused = Store::open(file());
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("is not a store of Turngreen"));
  EXPECT_EQ(content_of(file()), before);
}

TEST_F(StoreTest, a_damaged_store_is_told_as_one_with_what_to_do) {
  {
    Store store = open();
    ASSERT_TRUE(begin(store, "a", {}));
  }
  std::string content = content_of(file());
  for (std::size_t i = 4096; i < content.size(); ++i) content[i] = '\x5a';
  write_file(file(), content);
  const auto found = Store::open(file()).and_then([](const Store& s) { return s.studies(); });
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().kind, Error::Kind::io);
  EXPECT_THAT(found.error().message, HasSubstr("is damaged"));
  EXPECT_THAT(found.error().message, HasSubstr(".recover"));
}

TEST_F(StoreTest, a_directory_that_is_not_there_is_an_error) {
  const auto refused = Store::open(scratch_ / "none/turngreen.db");
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("must be there and writable"));
}

TEST_F(StoreTest, a_folder_that_may_not_be_written_is_an_error) {
  ::chmod(scratch_.path().c_str(), 0555);
  const auto refused = [&] {
    const energy::AsNobody nobody;
    return Store::open(file());
  }();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Error::Kind::no_permission);
  EXPECT_THAT(refused.error().message, HasSubstr(file().string()));
}

TEST_F(StoreTest, a_store_that_may_only_be_read_is_an_error) {
  { Store store = open(); }
  ::chmod(file().c_str(), 0444);
  ::chmod(scratch_.path().c_str(), 0555);
  const auto refused = [&] {
    const energy::AsNobody nobody;
    return Store::open(file());
  }();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Error::Kind::no_permission);
}

}  // namespace
}  // namespace turngreen::study
