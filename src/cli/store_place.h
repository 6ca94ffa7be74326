#pragma once

#include <filesystem>
#include <string>

#include "turngreen/study/store.h"
#include "turngreen/units/result.h"

namespace turngreen::cli {

/// The store that --store names; without it TURNGREEN_STORE, else turngreen.db.
std::filesystem::path store_place(const std::string& option);

/// Opens a store that is there. Only an import or a tuning may make one: otherwise a mistyped name
/// would leave an empty store behind.
Result<study::Store> open_existing_store(const std::filesystem::path& file);

}  // namespace turngreen::cli
