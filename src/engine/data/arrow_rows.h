#pragma once

#include <memory>
#include <string>

#include "row_source.h"

namespace turngreen::data {

/// Both: error where this build has no libarrow.
Result<std::unique_ptr<RowSource>> open_parquet(const std::string& file, const Columns& columns);
/// IPC files (Feather 2 is one) and streams.
Result<std::unique_ptr<RowSource>> open_arrow(const std::string& file, const Columns& columns);

}  // namespace turngreen::data
