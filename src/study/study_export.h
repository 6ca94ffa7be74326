#pragma once

#include <cstddef>
#include <string_view>

namespace turngreen::study {

/// docs/schema/study_export.schema.json.
inline constexpr std::string_view kExportSchema = "turngreen.study_export/1";
inline constexpr std::size_t kMostExportBytes = 256u << 20;

}  // namespace turngreen::study
