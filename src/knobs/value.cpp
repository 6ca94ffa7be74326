#include "turngreen/knobs/value.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace turngreen::knobs {
namespace {

std::optional<double> finite_number(const std::string& text) {
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stopped != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace

Value::Value(std::string text) : text_(std::move(text)), number_(finite_number(text_)) {}

bool operator==(const Value& a, const Value& b) {
  return a.number_ && b.number_ ? *a.number_ == *b.number_ : a.text_ == b.text_;
}

}  // namespace turngreen::knobs
