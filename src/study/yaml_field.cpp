#include "yaml_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "did_you_mean.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using Kind = YamlNode::Kind;
using units::in_quotes;

std::string range_text(const YamlField::Range& range) {
  const bool low = std::isfinite(range.low);
  const bool high = std::isfinite(range.high);
  const auto least = fmt::format("{}{}", range.low_excluded ? "above " : "", range.low);
  const auto most = fmt::format("{}{}", range.high_excluded ? "below " : "", range.high);
  if (low && high) return fmt::format("a number from {} to {}", least, most);
  if (low) return fmt::format("a number {}{}", least, range.low_excluded ? "" : " or above");
  if (high) return fmt::format("a number {}{}", most, range.high_excluded ? "" : " or below");
  return "a number";
}

bool within(double number, const YamlField::Range& range) {
  return std::isfinite(number) && (range.low_excluded ? number > range.low : number >= range.low) &&
         (range.high_excluded ? number < range.high : number <= range.high);
}

/// The number that the whole text is.
template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// A key as part of a path: as it is where it is an ordinary word.
std::string step_of(std::string_view key) {
  constexpr std::size_t kLongest = 64;
  const bool ordinary = key.size() <= kLongest && std::all_of(key.begin(), key.end(), [](char c) {
                          return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                 (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                        });
  return ordinary ? std::string(key) : in_quotes(key);
}

}  // namespace

void YamlField::fault(std::string_view what) const {
  fault_plainly(path_.empty() ? std::string(what) : fmt::format("{}: {}", path_, what));
}

void YamlField::fault_plainly(std::string_view what) const {
  if (node_ != nullptr) faults_->add({node_->line, node_->column, std::string(what)});
}

std::string YamlField::found() const {
  switch (node_->kind) {
    case Kind::null:
      return "nothing";
    case Kind::scalar:
      return in_quotes(node_->text);
    case Kind::list:
      return "a list";
    case Kind::map:
      return "a map of keys";
  }
  return {};
}

std::optional<std::string> YamlField::text_or_empty() const {
  if (!present()) return std::nullopt;
  if (node_->kind == Kind::scalar) return node_->text;
  fault(fmt::format("found {}; write one value", found()));
  return std::nullopt;
}

std::optional<std::string> YamlField::text() const {
  auto text = text_or_empty();
  if (!text || !text->empty()) return text;
  fault("found an empty text; write a value");
  return std::nullopt;
}

std::optional<double> YamlField::number(Range range) const {
  if (!present()) return std::nullopt;
  if (node_->kind == Kind::scalar) {
    const auto number = number_in<double>(node_->text);
    if (number && within(*number, range)) return number;
  }
  fault(fmt::format("found {}; write {}", found(), range_text(range)));
  return std::nullopt;
}

std::optional<std::size_t> YamlField::count(std::size_t low, std::size_t high) const {
  if (!present()) return std::nullopt;
  if (node_->kind == Kind::scalar) {
    const auto number = number_in<std::size_t>(node_->text);
    if (number && *number >= low && *number <= high) return number;
  }
  fault(fmt::format("found {}; write a whole number from {} to {}", found(), low, high));
  return std::nullopt;
}

std::optional<bool> YamlField::truth() const {
  if (!present()) return std::nullopt;
  if (node_->kind == Kind::scalar) {
    for (const char* word : {"true", "True", "yes", "on"}) {
      if (node_->text == word) return true;
    }
    for (const char* word : {"false", "False", "no", "off"}) {
      if (node_->text == word) return false;
    }
  }
  fault(fmt::format("found {}; write true or false", found()));
  return std::nullopt;
}

std::optional<std::string> YamlField::word(const std::vector<std::string>& words) const {
  if (!present()) return std::nullopt;
  if (node_->kind == Kind::scalar &&
      std::find(words.begin(), words.end(), node_->text) != words.end()) {
    return node_->text;
  }
  fault(fmt::format("found {}; write {}{}", found(), fmt::join(words, ", "),
                    node_->kind == Kind::scalar ? did_you_mean(node_->text, words) : ""));
  return std::nullopt;
}

std::vector<YamlField> YamlField::items(bool lone_allowed) const {
  std::vector<YamlField> fields;
  if (!present()) return fields;
  if (lone_allowed && node_->kind == Kind::scalar) {
    fields.emplace_back(node_, path_, *faults_);
  } else if (node_->kind != Kind::list) {
    fault(fmt::format("found {}; write a list [...]", found()));
  } else {
    for (std::size_t i = 0; i < node_->items.size(); ++i) {
      fields.emplace_back(&node_->items[i], fmt::format("{}[{}]", path_, i), *faults_);
    }
  }
  return fields;
}

std::vector<std::pair<std::string, YamlField>> YamlField::entries() const {
  std::vector<std::pair<std::string, YamlField>> fields;
  if (!present()) return fields;
  if (node_->kind != Kind::map) {
    fault(fmt::format("found {}; write keys and values", found()));
    return fields;
  }
  std::map<std::string_view, int> lines;
  for (const auto& [key, value] : node_->entries) {
    const std::string path =
        path_.empty() ? step_of(key.text) : fmt::format("{}.{}", path_, step_of(key.text));
    const auto [first, is_new] = lines.emplace(key.text, key.line);
    if (!is_new) {
      faults_->add({key.line, key.column,
                    fmt::format("{} stands here a second time, after line {}; keep one", path,
                                first->second)});
      continue;
    }
    fields.emplace_back(key.text, YamlField(&value, path, *faults_));
  }
  return fields;
}

}  // namespace turngreen::study
