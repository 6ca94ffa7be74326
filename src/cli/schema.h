#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kSchemaDetails = "Without a name, lists the schemas there are.\n";

Action configure_schema(CLI::App& app);

}  // namespace turngreen::cli
