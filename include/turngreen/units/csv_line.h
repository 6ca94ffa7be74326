#pragma once

#include <span>
#include <string>

namespace turngreen::units {

/// A record of comma-separated values with its line end (RFC 4180, but "\n"): what needs quotes
/// gets them. An empty span is an empty line.
std::string csv_line(std::span<const std::string> fields);

}  // namespace turngreen::units
