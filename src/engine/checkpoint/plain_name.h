#pragma once

#include <string_view>

namespace turngreen::checkpoint {

/// Whether a file of this name lies in the folder itself: the names come from files that may be
/// hostile.
inline bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." &&
         name.find_first_of(std::string_view("/\\\0", 3)) == std::string_view::npos;
}

}  // namespace turngreen::checkpoint
