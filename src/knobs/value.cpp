#include "turngreen/knobs/value.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace turngreen::knobs {
namespace {

std::optional<double> number_in(const std::string& text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace

Value::Value(std::string text) : text_(std::move(text)), number_(number_in(text_)) {}

bool operator==(const Value& a, const Value& b) {
  if (a.number_ && b.number_) return *a.number_ == *b.number_;
  return a.text_ == b.text_;
}

}  // namespace turngreen::knobs
