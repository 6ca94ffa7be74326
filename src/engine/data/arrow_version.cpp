#include "turngreen/engine/data/arrow_version.h"

#include <arrow/config.h>

namespace turngreen::data {

std::string arrow_version() { return arrow::GetBuildInfo().version_string; }

}  // namespace turngreen::data
