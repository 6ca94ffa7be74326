#pragma once

#include <cstdint>
#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::study {

/// "4 GB", "512MiB", "1.5 TB" or a bare number of bytes; above 0, less than 2^63. kB, MB, GB and TB
/// are powers of 1000, KiB, MiB, GiB and TiB of 1024.
Result<std::uint64_t> parse_byte_count(std::string_view text);

}  // namespace turngreen::study
