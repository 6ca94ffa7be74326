#pragma once

#include <span>
#include <string_view>

namespace turngreen::cli {

/// A file of docs/schema, carried within the program.
struct SchemaText {
  std::string_view name;  ///< "measurement"
  std::string_view text;
};

/// Made by CMake from docs/schema/*.schema.json.
std::span<const SchemaText> schema_texts();

}  // namespace turngreen::cli
