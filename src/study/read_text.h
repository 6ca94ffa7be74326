#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::study {

/// A YAML file as text, a byte more than is allowed at most: its parser complains then. Error: it
/// is not there (with `who_writes`, "turngreen init writes one"), or cannot be read.
Result<std::string> read_text(const std::filesystem::path& file, std::string_view who_writes);

}  // namespace turngreen::study
