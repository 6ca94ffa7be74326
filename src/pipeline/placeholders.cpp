#include "placeholders.h"

#include <fmt/format.h>

#include "turngreen/units/text.h"

namespace turngreen::pipeline {

Result<PlaceholderText> PlaceholderText::parse(std::string_view text) {
  const auto faulty = [&](std::string_view why) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} {}; write {{{{ and }}}} for braces that stay",
                            units::in_quotes(text), why));
  };
  PlaceholderText parsed;
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c != '{' && c != '}') {
      plain += c;
    } else if (text.substr(at + 1, 1) == text.substr(at, 1)) {
      plain += c;
      ++at;
    } else if (c == '}') {
      return faulty("has a } without its {");
    } else {
      const std::size_t end = text.find_first_of("{}", at + 1);
      if (end == std::string_view::npos || text[end] == '{') {
        return faulty("has a { without its }");
      }
      if (end == at + 1) return faulty("has {} without a name");
      if (!plain.empty()) parsed.parts_.push_back({std::move(plain), false});
      plain.clear();
      parsed.parts_.push_back({std::string(text.substr(at + 1, end - at - 1)), true});
      at = end;
    }
  }
  if (!plain.empty()) parsed.parts_.push_back({std::move(plain), false});
  return parsed;
}

std::vector<std::string> PlaceholderText::names() const {
  std::vector<std::string> names;
  for (const Part& part : parts_) {
    if (part.is_name) names.push_back(part.text);
  }
  return names;
}

std::string PlaceholderText::filled(
    const std::function<std::string(const std::string&)>& value_of) const {
  std::string text;
  for (const Part& part : parts_) text += part.is_name ? value_of(part.text) : part.text;
  return text;
}

}  // namespace turngreen::pipeline
