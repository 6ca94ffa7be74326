#include "turngreen/energy/instant.h"

#include <ctime>

namespace turngreen::energy {

Instant Instant::now() noexcept {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return from_nanoseconds(static_cast<std::int64_t>(t.tv_sec) * 1'000'000'000 + t.tv_nsec);
}

}  // namespace turngreen::energy
