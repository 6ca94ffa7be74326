#include "store_place.h"

#include <fmt/format.h>

#include <cstdlib>

namespace turngreen::cli {

std::filesystem::path store_place(const std::string& option) {
  if (!option.empty()) return option;
  const char* variable = std::getenv("TURNGREEN_STORE");
  return variable != nullptr && *variable != '\0' ? variable : "turngreen.db";
}

Result<study::Store> open_existing_store(const std::filesystem::path& file) {
  std::error_code none;
  if (!std::filesystem::exists(file, none)) {
    return fail(Error::Kind::not_found,
                fmt::format("there is no store {}; name it with --store or TURNGREEN_STORE, or let "
                            "turngreen tune make it",
                            file.string()));
  }
  return study::Store::open(file);
}

}  // namespace turngreen::cli
