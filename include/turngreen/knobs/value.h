#pragma once

#include <optional>
#include <string>

namespace turngreen::knobs {

/// One value of a knob. Its text goes into the pipeline as the user wrote it ("5e-5" stays so).
class Value {
 public:
  Value() = default;
  explicit Value(std::string text);

  const std::string& text() const { return text_; }
  /// The finite number that the whole text is; absent: it is a word.
  std::optional<double> number() const { return number_; }

  /// Numbers are equal by what they are (5e-5 and 0.00005), words by their text.
  friend bool operator==(const Value& a, const Value& b);

 private:
  std::string text_;
  std::optional<double> number_;
};

}  // namespace turngreen::knobs
