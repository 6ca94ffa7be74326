#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace turngreen::pipeline {

/// Text of a stranger, fit for a terminal and a report: quoted, at most `limit` bytes of it, and
/// whatever is not printable ASCII as \xNN.
std::string excerpt(std::string_view text, std::size_t limit = 64);

}  // namespace turngreen::pipeline
