#pragma once

#include <cstddef>
#include <span>

namespace turngreen::checkpoint {

/// Gives the memory of bytes of a safetensors file back to the system, once they have been copied;
/// whoever reads them again reads the file again. They must be those of a tensor of a
/// SafetensorsFile or a ModelFolder: what lies elsewhere would be lost.
void release_mapped(std::span<const std::byte> bytes);

}  // namespace turngreen::checkpoint
