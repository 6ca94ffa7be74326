#pragma once

#include <filesystem>

#include "turngreen/units/result.h"

namespace turngreen::files {

/// What errno says kept `file` from being written, with the mend.
tl::unexpected<Error> write_failure(const std::filesystem::path& file, int reason);

}  // namespace turngreen::files
