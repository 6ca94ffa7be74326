#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "sqlite_connection.h"

struct sqlite3_stmt;

namespace turngreen::study {

/// A prepared statement: bind the parameters in their order, then step through the rows. Functions
/// throw SqliteFailure. The connection must outlive it.
class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, std::string_view sql);

  SqliteStatement& bind(std::int64_t value);
  SqliteStatement& bind(double value);
  SqliteStatement& bind(std::string_view text);                ///< copied
  SqliteStatement& bind(std::span<const std::uint8_t> bytes);  ///< copied
  SqliteStatement& bind(std::optional<double> value);          ///< absent: NULL

  /// To the next row; false: there is none.
  bool step();
  /// For a statement that gives no rows.
  void run();
  /// To be bound and stepped again.
  void reset();

  /// Of the row stepped to, columns from 0. Views hold until the next step.
  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string_view text(int column) const;
  std::span<const std::uint8_t> bytes(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  void check(int code) const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  int bound_ = 0;
};

}  // namespace turngreen::study
