#include "study/store_schema.h"

#include <gmock/gmock.h>

#include "report/scratch_directory.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;

class StoreSchema : public testing::Test {
 protected:
  Result<void> update(std::span<const std::string_view> migrations) {
    return bring_up_to_date(connection_, scratch_ / "s.db", migrations);
  }

  report::ScratchDirectory scratch_;
  SqliteConnection connection_{scratch_ / "s.db", units::Duration()};
  const std::array<std::string_view, 2> steps_{"CREATE TABLE a (x); INSERT INTO a VALUES (3)",
                                               "ALTER TABLE a ADD COLUMN y DEFAULT 4"};
};

TEST_F(StoreSchema, an_empty_file_becomes_a_store_of_the_newest_version) {
  ASSERT_TRUE(update(steps_).has_value());
  EXPECT_EQ(connection_.number("PRAGMA user_version"), 2);
  EXPECT_EQ(connection_.number("PRAGMA application_id"), kStoreApplicationId);
  EXPECT_EQ(connection_.number("SELECT x + y FROM a"), 7);
}

TEST_F(StoreSchema, an_older_store_gets_the_missing_steps_and_keeps_what_it_holds) {
  ASSERT_TRUE(update(std::span(steps_).first(1)).has_value());
  connection_.execute("INSERT INTO a VALUES (5)");
  ASSERT_TRUE(update(steps_).has_value());
  EXPECT_EQ(connection_.number("SELECT sum(x + y) FROM a"), 16);
}

TEST_F(StoreSchema, a_step_that_fails_leaves_the_store_as_it_was) {
  ASSERT_TRUE(update(std::span(steps_).first(1)).has_value());
  const std::array<std::string_view, 3> broken{steps_[0], steps_[1], "INSERT INTO b VALUES (1)"};
  EXPECT_THROW((void)update(broken), SqliteFailure);
  EXPECT_EQ(connection_.number("PRAGMA user_version"), 1);
  EXPECT_EQ(connection_.number("SELECT count(*) FROM pragma_table_info('a')"), 1);
}

TEST_F(StoreSchema, a_store_of_a_newer_version_is_refused_untouched) {
  ASSERT_TRUE(update(steps_).has_value());
  const auto refused = update(std::span(steps_).first(1));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(refused.error().message, HasSubstr("is of version 2, and this program reads"));
  EXPECT_EQ(connection_.number("PRAGMA user_version"), 2);
}

TEST_F(StoreSchema, the_database_of_another_program_is_refused_untouched) {
  connection_.execute("CREATE TABLE bookmarks (url)");
  const auto refused = update(steps_);
  ASSERT_FALSE(refused.has_value());
  EXPECT_THAT(refused.error().message, HasSubstr("another program"));
  EXPECT_EQ(connection_.number("SELECT count(*) FROM sqlite_schema"), 1);
}

TEST_F(StoreSchema, the_real_steps_work) {
  ASSERT_TRUE(update(store_migrations()).has_value());
  EXPECT_EQ(connection_.text("PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace turngreen::study
