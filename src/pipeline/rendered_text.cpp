#include "rendered_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "turngreen/knobs/value.h"

namespace turngreen::pipeline {
namespace {

using Json = nlohmann::json;

bool is_integer(const std::string& text) {
  const std::size_t sign = text.starts_with('-') ? 1 : 0;
  const bool leading_zero = text.size() > sign + 1 && text[sign] == '0';
  return text.size() > sign && !leading_zero &&
         text.find_first_not_of("0123456789", sign) == std::string::npos;
}

// The shortest text that reads back as the same number, with a point and a signed exponent.
std::string fraction(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find('.') == std::string::npos) {
    const std::size_t exponent = std::min(text.find('e'), text.size());
    text.insert(exponent, ".0");
  }
  return text;
}

std::string scalar(const std::string& text) {
  if (text == "true" || text == "false" || is_integer(text)) return text;
  if (const auto number = knobs::Value(text).number()) return fraction(*number);
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string_view separator(RenderedFile::Format format) {
  return format == RenderedFile::Format::json ? ",\n" : "\n";
}

}  // namespace

std::string rendered_text(RenderedFile::Format format,
                          std::span<const std::pair<std::string, std::string>> values) {
  std::string lines;
  for (const auto& [name, value] : values) {
    lines += fmt::format("{}{}: {}", lines.empty() ? "" : separator(format), Json(name).dump(),
                         scalar(value));
  }
  if (format == RenderedFile::Format::json) return fmt::format("{{\n{}\n}}\n", lines);
  return lines + '\n';
}

}  // namespace turngreen::pipeline
