#include "bare_wakes.h"

#include <poll.h>
#include <sys/prctl.h>
#include <time.h>

#include <algorithm>
#include <thread>

#include "turngreen/energy/instant.h"

namespace turngreen::bench {
namespace {

using energy::Instant;

BareWakes wake(units::Duration period, units::Duration time) {
  ::prctl(PR_SET_TIMERSLACK, 1UL);  // as the meter does for short periods
  BareWakes wakes;
  const Instant begin = Instant::now();
  Instant last = begin;
  for (Instant next = begin + period; next < begin + time; next = next + period) {
    const auto left = std::max<std::int64_t>(0, (next - Instant::now()).in_nanoseconds());
    const timespec timeout{left / 1'000'000'000, left % 1'000'000'000};
    ::ppoll(nullptr, 0, &timeout, nullptr);
    ++wakes.count;
    const Instant now = Instant::now();
    wakes.longest_gap = std::max(wakes.longest_gap, now - last);
    last = now;
  }
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  wakes.processor_time = units::nanoseconds(used.tv_sec * 1'000'000'000LL + used.tv_nsec);
  return wakes;
}

}  // namespace

BareWakes wake_for(units::Duration period, units::Duration time) {
  BareWakes wakes;
  std::thread([&] { wakes = wake(period, time); }).join();
  return wakes;
}

}  // namespace turngreen::bench
