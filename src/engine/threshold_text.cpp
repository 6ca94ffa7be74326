#include "threshold_text.h"

#include <fmt/format.h>

#include <charconv>

namespace turngreen::engine {

Result<train::ThresholdChoice> parse_threshold(const std::string& text,
                                               train::ThresholdChoice choice) {
  if (text == "validation") return choice;
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || !(value > 0 && value < 1)) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("--threshold {}: must be validation, or a number between 0 and 1 such as 0.5",
                    text));
  }
  choice.is_chosen = false;
  if (value != 0.5) choice.fixed = value;
  return choice;
}

}  // namespace turngreen::engine
