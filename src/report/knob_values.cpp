#include "knob_values.h"

#include <cmath>
#include <cstdint>

namespace turngreen::report {

using nlohmann::ordered_json;

ordered_json value_json(const knobs::Value& value) {
  if (value.text() == "true") return true;
  if (value.text() == "false") return false;
  const auto number = value.number();
  if (!number) return value.text();
  constexpr double kExact = 9007199254740992.0;  // 2^53
  const bool whole = std::trunc(*number) == *number && std::abs(*number) < kExact;
  const bool written_whole = value.text().find_first_of(".eE") == std::string::npos;
  if (whole && written_whole) return static_cast<std::int64_t>(*number);
  return *number;
}

ordered_json configuration_json(const knobs::Space& space,
                                const knobs::Configuration& configuration) {
  ordered_json object = ordered_json::object();
  for (const auto& [id, value] : space.settings(configuration)) object[id] = value_json(value);
  return object;
}

}  // namespace turngreen::report
