#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::explore {

/// Numbers the classes of a predictions file in the order of their first appearance.
class ClassLabels {
 public:
  /// Error: an empty label, or one more than kMostClasses.
  Result<std::uint32_t> index_of(std::string_view label);
  std::vector<std::string> take() { return std::move(names_); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> indices_;
};

}  // namespace turngreen::explore
