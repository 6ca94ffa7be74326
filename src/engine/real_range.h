#pragma once

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>

namespace turngreen::engine {

/// A real number in [low, high], or [low, high).
class RealRange : public CLI::Validator {
 public:
  RealRange(double low, double high, bool with_high) {
    func_ = [low, high, with_high](std::string& text) {
      double value = 0;
      const bool is_number = CLI::detail::lexical_cast(text, value);
      if (is_number && value >= low && (with_high ? value <= high : value < high))
        return std::string();
      return fmt::format("{} is no number from {} {} {}", text, low, with_high ? "to" : "to below",
                         high);
    };
  }
};

}  // namespace turngreen::engine
