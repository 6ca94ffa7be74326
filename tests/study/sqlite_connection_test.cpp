#include "study/sqlite_connection.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include "report/scratch_directory.h"
#include "study/sqlite_statement.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;

class SqliteConnectionTest : public testing::Test {
 protected:
  report::ScratchDirectory scratch_;
  SqliteConnection connection_{scratch_ / "s.db", units::Duration()};
};

TEST_F(SqliteConnectionTest, every_kind_of_value_is_read_back) {
  connection_.execute("CREATE TABLE t (a, b, c, d, e)");
  const std::vector<std::uint8_t> bytes{0, 1, 255};
  SqliteStatement(connection_, "INSERT INTO t VALUES (?, ?, ?, ?, ?)")
      .bind(std::int64_t{-7})
      .bind(0.1)
      .bind(std::string_view())
      .bind(std::span<const std::uint8_t>(bytes))
      .bind(std::optional<double>())
      .run();
  SqliteStatement row(connection_, "SELECT a, b, c, d, e FROM t");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.integer(0), -7);
  EXPECT_EQ(row.real(1), 0.1);
  EXPECT_FALSE(row.is_null(2));
  EXPECT_EQ(row.text(2), "");
  EXPECT_THAT(row.bytes(3), testing::ElementsAre(0, 1, 255));
  EXPECT_TRUE(row.is_null(4));
  EXPECT_FALSE(row.step());
}

TEST_F(SqliteConnectionTest, a_transaction_that_was_not_committed_leaves_nothing) {
  connection_.execute("CREATE TABLE t (a)");
  {
    SqliteTransaction transaction(connection_);
    connection_.execute("INSERT INTO t VALUES (1)");
  }
  EXPECT_EQ(connection_.number("SELECT count(*) FROM t"), 0);
  {
    SqliteTransaction transaction(connection_);
    connection_.execute("INSERT INTO t VALUES (1)");
    transaction.commit();
  }
  EXPECT_EQ(connection_.number("SELECT count(*) FROM t"), 1);
}

TEST_F(SqliteConnectionTest, two_transactions_do_not_write_at_once) {
  SqliteTransaction first(connection_);
  SqliteConnection other(scratch_ / "s.db", units::Duration());
  try {
    SqliteTransaction second(other);
    FAIL() << "the second began";
  } catch (const SqliteFailure& failure) {
    EXPECT_EQ(failure.code(), SQLITE_BUSY);
    EXPECT_THAT(error_of(failure, "s.db").message, HasSubstr("another program keeps"));
  }
}

TEST_F(SqliteConnectionTest, a_full_disk_is_told_as_one) {
  connection_.execute("CREATE TABLE t (a); PRAGMA max_page_count = 8");
  try {
    SqliteTransaction transaction(connection_);
    connection_.execute("INSERT INTO t VALUES (zeroblob(1000000))");
    FAIL() << "there was room";
  } catch (const SqliteFailure& failure) {
    const Error error = error_of(failure, "/data/s.db");
    EXPECT_EQ(error.kind, Error::Kind::io);
    EXPECT_THAT(error.message, HasSubstr("/data/s.db is full; free some space"));
  }
  EXPECT_EQ(connection_.number("SELECT count(*) FROM t"), 0);
}

TEST_F(SqliteConnectionTest, a_statement_that_is_wrong_says_where) {
  try {
    SqliteStatement statement(connection_, "SELECT * FROM nowhere");
    FAIL() << "it was taken";
  } catch (const SqliteFailure& failure) {
    EXPECT_THAT(failure.what(), HasSubstr("nowhere"));
  }
}

}  // namespace
}  // namespace turngreen::study
