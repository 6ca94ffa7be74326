#pragma once

#include <cstdio>
#include <cstdlib>

namespace turngreen::fuzz {

/// Ends the fuzzer, which then keeps the input, where something that must always hold does not.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "turngreen: does not hold: %s\n", what);
  std::abort();
}

}  // namespace turngreen::fuzz
