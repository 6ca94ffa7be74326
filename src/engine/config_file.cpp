#include "config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

namespace turngreen::engine {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;
constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

/// Words told to the user about a value, or the value.
using Value = tl::expected<std::string, std::string>;

tl::unexpected<std::string> no_value(std::string what) {
  return tl::unexpected<std::string>(std::move(what));
}

bool is_comment_or_nothing(std::string_view text) {
  const std::string_view rest = trimmed(text);
  return rest.empty() || rest.front() == '#';
}

Value single_quoted(std::string_view text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '\'') {
      value += text[i];
    } else if (i + 1 < text.size() && text[i + 1] == '\'') {
      value += text[i++];
    } else if (is_comment_or_nothing(text.substr(i + 1))) {
      return value;
    } else {
      return no_value("there is something behind the closing quote; leave it out");
    }
  }
  return no_value("a quote (') is not closed in this line; close it");
}

Value double_quoted(std::string_view text) {
  constexpr std::string_view kEscapes = "\"\\/ntr0";
  constexpr std::string_view kMeant = "\"\\/\n\t\r";
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      if (is_comment_or_nothing(text.substr(i + 1))) return value;
      return no_value("there is something behind the closing quote; leave it out");
    }
    if (text[i] != '\\') {
      value += text[i];
      continue;
    }
    const auto escape = i + 1 < text.size() ? kEscapes.find(text[++i]) : std::string_view::npos;
    if (escape >= kMeant.size()) {
      return no_value("an escape other than \\\" \\\\ \\/ \\n \\t \\r; write it in single quotes");
    }
    value += kMeant[escape];
  }
  return no_value("a quote (\") is not closed in this line; close it");
}

Value plain(std::string_view text) {
  switch (text.front()) {
    case '[':
    case '{':
      return no_value("a list or map; every setting takes one value");
    case '|':
    case '>':
      return no_value("a text of several lines; write it in quotes, in one line");
    case '&':
    case '*':
    case '!':
    case '%':
    case '@':
    case '`':
      return no_value(fmt::format("a value that begins with {}; put it in quotes", text.front()));
    default:
      break;
  }
  std::size_t end = 0;
  while (end < text.size() &&
         !(text[end] == '#' && end > 0 && kBlanks.find(text[end - 1]) != std::string_view::npos)) {
    ++end;
  }
  const std::string_view value = trimmed(text.substr(0, end));
  if (value.find(": ") != std::string_view::npos || value.ends_with(':')) {
    return no_value("a second colon in the line; put the value in quotes");
  }
  return std::string(value);
}

Value value_of(std::string_view text) {
  if (text.front() == '\'') return single_quoted(text);
  if (text.front() == '"') return double_quoted(text);
  return plain(text);
}

/// A line, absent where it holds no setting. Error: without the place.
tl::expected<std::optional<ConfigSetting>, std::string> setting_of(std::string_view line) {
  const std::string_view content = trimmed(line);
  if (is_comment_or_nothing(line)) return std::nullopt;
  if (line.front() == ' ' || line.front() == '\t') {
    return no_value(
        "a line that is set in, as of a nested map; write name: value at the line's beginning");
  }
  if (content.starts_with("- ") || content == "-") {
    return no_value("a list; write one setting a line, as name: value");
  }
  const auto colon = content.find(':');
  const std::string_view name = trimmed(content.substr(0, colon));
  if (colon == std::string_view::npos || !is_name(name) ||
      (colon + 1 < content.size() && kBlanks.find(content[colon + 1]) == std::string_view::npos)) {
    return no_value(fmt::format("\"{}\" is no setting; write name: value", content));
  }
  ConfigSetting setting{.name = std::string(name), .value = {}, .line = 1};
  const std::string_view text = trimmed(content.substr(colon + 1));
  if (is_comment_or_nothing(text)) return std::optional(std::move(setting));
  auto value = value_of(text);
  if (!value) return no_value(fmt::format("{}: {}", name, value.error()));
  const bool is_quoted = text.front() == '\'' || text.front() == '"';
  if (is_quoted || (*value != "null" && *value != "~")) setting.value = *std::move(value);
  return std::optional(std::move(setting));
}

}  // namespace

Result<std::vector<ConfigSetting>> parse_config(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  std::vector<ConfigSetting> settings;
  std::vector<ConfigSetting> all;  // those without a value too: they may not be doubled either
  for (int number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto refuse = [&](std::string_view what) {
      return fail(Error::Kind::invalid_input, fmt::format("{}:{}: {}", file, number, what));
    };
    if (line.find('\0') != std::string_view::npos) return refuse("a NUL character; leave it out");
    if (all.empty() && trimmed(line) == "---") continue;
    auto setting = setting_of(line);
    if (!setting) return refuse(setting.error());
    if (!*setting) continue;
    (*setting)->line = number;
    const auto before = std::find_if(all.begin(), all.end(), [&](const ConfigSetting& earlier) {
      return earlier.name == (*setting)->name;
    });
    if (before != all.end()) {
      return refuse(fmt::format("{} stands in line {} already; keep one of them", before->name,
                                before->line));
    }
    all.push_back(**setting);
    if (!all.back().value.empty()) settings.push_back(all.back());
  }
  return settings;
}

Result<std::vector<ConfigSetting>> read_config_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text;
  char part[1 << 14];
  while (in.read(part, sizeof part) || in.gcount() > 0) {
    text.append(part, static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMostBytes) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{}: longer than {} bytes, so no configuration; name another file",
                              file.string(), kMostBytes));
    }
  }
  if (!in.is_open() || in.bad()) {
    return fail(Error::Kind::not_found,
                fmt::format("{}: cannot be read: {}; name a YAML file of settings", file.string(),
                            std::strerror(errno)));
  }
  return parse_config(text, file.string());
}

}  // namespace turngreen::engine
