#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "json_file.h"
#include "turngreen/engine/files/whole_file.h"

namespace turngreen::checkpoint {

inline constexpr std::uint64_t kLargestJsonFile = 64U << 20;  ///< bytes

/// A JSON file that a model folder may lack: null where it is not there.
inline Result<nlohmann::json> read_optional_json(const std::filesystem::path& path) {
  const auto text = files::read_whole_file(path, kLargestJsonFile);
  if (!text && text.error().kind == Error::Kind::not_found) return nlohmann::json();
  if (!text) return tl::unexpected<Error>(text.error());
  fields::Faults faults(path.string());
  auto file = fields::parse_json(*text, faults);
  if (!file) return tl::unexpected<Error>(faults.error());
  return std::move(*file);
}

}  // namespace turngreen::checkpoint
