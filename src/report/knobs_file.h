#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "configuration_names.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// How a file says what configurations are made of.
struct KnobsFileChoice {
  std::string name;  ///< of the file, for messages
  std::string
      column;  ///< with the parts; empty: "knobs" if it is there, else each column is a knob
};

/// Reads a CSV table with a row for each configuration, named in its column `configuration`, `name`
/// or `variant`. Either one column holds what is on, put together with '+' or ';', or each other
/// column is a knob with its value, and an empty cell leaves it off; columns that never vary are
/// passed over. One entry for each of `names`; absent: the file does not speak of it. The error
/// holds a line for each fault, with the nearest right name.
Result<std::vector<std::optional<StatedKnobs>>> parse_knobs_file(std::string_view csv,
                                                                 const KnobsFileChoice& choice,
                                                                 std::span<const std::string> names,
                                                                 std::size_t baseline);

}  // namespace turngreen::report
