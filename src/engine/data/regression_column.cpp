#include "regression_column.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

tl::unexpected<Error> unfit(std::string what) {
  return fail(Error::Kind::invalid_input, std::move(what));
}

std::optional<double> parsed(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

Result<double> number_of(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell)) return *number;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*integer);
  if (const auto* text = std::get_if<std::string>(&cell)) {
    if (const auto number = parsed(*text)) return *number;
    return unfit(fmt::format("label {} is no number", units::in_quotes(*text)));
  }
  if (std::holds_alternative<std::monostate>(cell)) return unfit("the label is empty");
  return unfit("the label is a list, where a number belongs");
}

}  // namespace

Result<void> RegressionColumn::add(const Cell& cell) {
  const auto number = number_of(cell);
  if (!number) return tl::unexpected<Error>(number.error());
  const auto target = static_cast<float>(*number);
  if (!std::isfinite(target)) {
    return unfit(fmt::format("label {} is not finite in single precision", *number));
  }
  numbers_.push_back(target);
  return {};
}

checkpoint::Labels RegressionColumn::finish(Examples& examples) {
  examples.targets = std::move(numbers_);
  if (names_.empty()) names_ = {"LABEL_0"};
  return {checkpoint::Problem::regression, std::move(names_)};
}

}  // namespace turngreen::data
