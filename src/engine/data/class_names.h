#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::data {

/// Where text is exactly what an integer is written as ("-3", not "03"): that integer.
std::optional<std::int64_t> as_integer(std::string_view text);

/// Numbers the names of classes.
class ClassNames {
 public:
  ClassNames() = default;                               ///< found as they come
  explicit ClassNames(std::vector<std::string> known);  ///< these and no others

  /// Error: not among those known (the name and those that are); more than kMostClasses.
  Result<std::int64_t> id_of(std::string_view name);

  /// Of those found: the names as a model is to have them, and for each id handed out so far the
  /// class that it becomes.
  struct Order {
    std::vector<std::string> names;
    std::vector<std::int64_t> class_of;
  };
  Order order() const;

  bool is_known() const { return is_known_; }
  const std::vector<std::string>& names() const { return names_; }  ///< by id

 private:
  Result<std::int64_t> unknown(std::string_view name) const;

  bool is_known_ = false;
  bool has_integer_names_ = false;
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::int64_t> ids_;
};

}  // namespace turngreen::data
