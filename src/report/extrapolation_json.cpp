#include "extrapolation_json.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json errors_json(const std::optional<explore::ForetoldErrors>& errors) {
  if (!errors) return nullptr;
  return {{"runs", errors->runs},
          {"inside", errors->inside},
          {"median", errors->median},
          {"worst", errors->worst}};
}

}  // namespace

ordered_json extrapolation_json(const explore::Extrapolation& extrapolation) {
  return {{"energy", errors_json(extrapolation.energy)},
          {"quality", errors_json(extrapolation.quality)}};
}

}  // namespace turngreen::report
