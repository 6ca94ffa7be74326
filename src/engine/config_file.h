#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::engine {

/// A setting of a configuration file, and where it stands.
struct ConfigSetting {
  std::string name;   ///< as written
  std::string value;  ///< of a scalar, without its quotes
  int line = 1;       ///< from 1
};

/// Reads `name: value` lines: the YAML of a flat map of scalars, plain or quoted, with comments and
/// an optional leading "---". Settings that are empty, null or ~ are left out. `file` stands for
/// the file in errors. Error: file, line and what is there instead (a list, a nested map, an
/// anchor, a doubled name, ...).
Result<std::vector<ConfigSetting>> parse_config(std::string_view text, std::string_view file);

/// Error: also where the file cannot be read, or is longer than 1 MB.
Result<std::vector<ConfigSetting>> read_config_file(const std::filesystem::path& file);

}  // namespace turngreen::engine
