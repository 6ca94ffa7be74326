#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace turngreen::report {

/// What is not known is null in all files, never 0 and never an empty text.
template <typename T>
nlohmann::ordered_json or_null(const std::optional<T>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}
inline nlohmann::ordered_json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

}  // namespace turngreen::report
