#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {

/// What the header says of a tensor. Its bytes are [begin, end) of the data behind the header.
struct HeaderEntry {
  std::string name;
  Dtype dtype = Dtype::f32;
  std::vector<std::int64_t> shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct SafetensorsHeader {
  std::vector<HeaderEntry> entries;  ///< in the order of the file
  std::map<std::string, std::string> metadata;
};

inline constexpr std::uint64_t kLargestHeader = 100'000'000;  ///< bytes, as the format has it
inline constexpr std::size_t kMostEntries = 100'000;          ///< tensors; lines of metadata
inline constexpr std::size_t kHighestRank = 64;               ///< dimensions of a tensor

/// The JSON of a header. Nothing is taken for granted: duplicates, numbers that are not whole, what
/// is nested more deeply than the format nests, sizes that do not follow from shape and type are
/// errors, which name `file` and the tensor.
Result<SafetensorsHeader> parse_safetensors_header(std::string_view json, std::string_view file);

}  // namespace turngreen::checkpoint
