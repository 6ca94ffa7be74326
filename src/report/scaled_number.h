#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace turngreen::report {

/// The unit that several numbers are shown in together.
struct Scale {
  double size = 1;        ///< of the unit, in the numbers' own
  std::string_view unit;  ///< empty: none
};

/// The units that suit such amounts: as units::to_text(Energy) chooses them.
Scale joule_scale(double joules);
/// us, ms or s.
Scale second_scale(double seconds);

/// "512.02 +- 0.71 Wh": as many decimals as give the margin two digits; without a margin four
/// digits. `forced_sign`: "+" before what is not negative.
std::string with_margin(double value, std::optional<double> margin, const Scale& scale,
                        bool forced_sign = false);

}  // namespace turngreen::report
