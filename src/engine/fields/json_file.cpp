#include "json_file.h"

#include <fmt/format.h>

namespace turngreen::fields {
namespace {

using nlohmann::json;

constexpr int kDeepest = 64;

/// Whether arrays and objects are nested more deeply; asked before anything is built of them.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char character = text[at];
    if (in_string) {
      if (character == '\\') ++at;
      in_string = character != '"';
    } else if (character == '"') {
      in_string = true;
    } else if (character == '[' || character == '{') {
      if (++depth > kDeepest) return true;
    } else if (character == ']' || character == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

std::optional<json> parse_json(std::string_view text, Faults& faults) {
  if (is_too_deep(text)) {
    faults.add(Error::Kind::unsupported, "",
               fmt::format("arrays and objects are nested more than {} deep", kDeepest));
    return std::nullopt;
  }
  if (text.find('\0') != std::string_view::npos) {  // where the parser would take it for the end
    faults.add(Error::Kind::invalid_input, "", "this is no JSON: it holds a zero byte");
    return std::nullopt;
  }
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    faults.add(Error::Kind::invalid_input, "", fmt::format("this is no JSON: {}", error.what()));
    return std::nullopt;
  }
}

}  // namespace turngreen::fields
