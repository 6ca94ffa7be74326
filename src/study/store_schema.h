#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "sqlite_connection.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// PRAGMA application_id of every store: "TGrn".
inline constexpr std::int64_t kStoreApplicationId = 0x5447726e;

/// Step i makes of a store of version i one of version i + 1; from an empty file to the newest by
/// all of them. Steps that have been released never change.
std::span<const std::string_view> store_migrations();

/// Runs the steps that are missing, all in one transaction. Error: another program's database, a
/// store of a newer version. Throws SqliteFailure.
Result<void> bring_up_to_date(SqliteConnection& connection, const std::filesystem::path& file,
                              std::span<const std::string_view> migrations);

}  // namespace turngreen::study
