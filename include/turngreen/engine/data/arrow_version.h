#pragma once

#include <string>

namespace turngreen::data {

/// Of the libarrow that reads Parquet and Arrow files; empty in a build that does not.
std::string arrow_version();

}  // namespace turngreen::data
