#pragma once

#include <ostream>

#include "terminal.h"

namespace turngreen::cli {

/// Where a command prints: results to `out`, everything about them to `err`.
struct Console {
  std::ostream& out;
  std::ostream& err;
  Terminal out_terminal{};
  Terminal err_terminal{};
};

}  // namespace turngreen::cli
