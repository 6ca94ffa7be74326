#pragma once

#include <optional>
#include <string>
#include <variant>

#include "turngreen/knobs/knob.h"
#include "turngreen/pipeline/measurement.h"

namespace turngreen::explore {

/// A value as asked for or as read back, so that the two can be compared.
class ValueInForce {
 public:
  explicit ValueInForce(const knobs::Value& asked);
  explicit ValueInForce(const pipeline::EffectiveValue& told);

  /// Whether what is told is what this asks for, numbers within a share of the larger. Absent: a
  /// word that is no switch, or "off", cannot be compared with a number ("automatic" with 16).
  std::optional<bool> matches(const ValueInForce& told, double tolerance) const;
  const std::string& text() const { return text_; }

 private:
  ValueInForce(std::string text, std::optional<double> number);

  std::optional<bool> as_switch() const;

  std::string text_;  ///< as written
  std::string word_;  ///< lower case, by its most usual name
  std::optional<double> number_;
};

}  // namespace turngreen::explore
