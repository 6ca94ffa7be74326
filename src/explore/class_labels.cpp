#include "class_labels.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "turngreen/explore/predictions.h"

namespace turngreen::explore {
namespace {

constexpr std::string_view kDigits = "0123456789";

std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

/// "1.0" and "-1.00" are whole numbers that a table program made floating point.
std::string_view without_zero_fraction(std::string_view label) {
  const auto point = label.find('.');
  if (point == std::string_view::npos || point + 1 == label.size()) return label;
  const std::string_view whole = label.substr(label.starts_with('-') ? 1 : 0);
  const std::string_view digits = whole.substr(0, whole.find('.'));
  const bool is_number =
      !digits.empty() && digits.find_first_not_of(kDigits) == std::string_view::npos;
  const bool no_fraction = label.find_first_not_of('0', point + 1) == std::string_view::npos;
  return is_number && no_fraction ? label.substr(0, point) : label;
}

}  // namespace

Result<std::uint32_t> ClassLabels::index_of(std::string_view label) {
  const std::string name(without_zero_fraction(without_blanks(label)));
  if (name.empty()) {
    return fail(Error::Kind::invalid_input,
                "an empty cell where a class must stand; every row needs its true and its "
                "predicted class");
  }
  const auto [place, is_new] =
      indices_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
  if (is_new && names_.size() == kMostClasses) {
    return fail(Error::Kind::invalid_input,
                fmt::format("more than {} different classes; are these the right columns, and "
                            "classes rather than scores?",
                            kMostClasses));
  }
  if (is_new) names_.push_back(name);
  return place->second;
}

}  // namespace turngreen::explore
