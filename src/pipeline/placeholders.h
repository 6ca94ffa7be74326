#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// Text with {names} in it that are to be replaced; {{ and }} stand for braces.
class PlaceholderText {
 public:
  /// Error: a brace without its partner, an empty name.
  static Result<PlaceholderText> parse(std::string_view text);

  /// In the order of the text.
  std::vector<std::string> names() const;
  /// What a name is replaced by is not searched again.
  std::string filled(const std::function<std::string(const std::string&)>& value_of) const;

 private:
  struct Part {
    std::string text;  ///< or the name
    bool is_name = false;
  };
  std::vector<Part> parts_;
};

}  // namespace turngreen::pipeline
