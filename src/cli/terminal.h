#pragma once

#include <cstddef>

namespace turngreen::cli {

/// What a stream is connected to.
struct Terminal {
  bool is_terminal = false;
  std::size_t columns = 120;  ///< of the terminal; a generous line where there is none
  bool colour = false;        ///< a terminal, and neither NO_COLOR nor TERM=dumb is set
};

Terminal inspect_terminal(int descriptor);

}  // namespace turngreen::cli
