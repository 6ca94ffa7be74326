#include "mirrored_counters.h"

#include <algorithm>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kMinPasses = 128;  // also where a busy machine takes longer than the budget
constexpr std::size_t kMaxPasses = 4096;
constexpr std::size_t kUpdatesWanted = 5;
constexpr std::size_t kUpdatesToTrustOwnOrigins = 4;

/// The difference of two counters in each period between two updates of the first. Within a period
/// the last sight counts, since a mirror may lag a little.
std::vector<std::uint64_t> differences(const CounterPasses& passes, std::size_t first,
                                       std::size_t second) {
  std::vector<std::uint64_t> found;
  std::optional<std::uint64_t> period;
  for (std::size_t i = 0; i + 1 < passes.size(); ++i) {
    const Reading& before = passes[i][first];
    const Reading& between = passes[i][second];
    const Reading& after = passes[i + 1][first];
    const bool readable = before.state == Reading::State::ok &&
                          between.state == Reading::State::ok && after.state == Reading::State::ok;
    if (!readable || before.value != after.value) continue;
    if (period != before.value) found.push_back(0);
    period = before.value;
    found.back() = between.value - before.value;
  }
  return found;
}

bool mirrors(const CounterPasses& passes, std::size_t first, std::size_t second,
             CountingFrom origin) {
  const std::vector<std::uint64_t> seen = differences(passes, first, second);
  if (seen.empty()) return false;
  const bool shared = origin == CountingFrom::shared_origin;
  if (!shared && seen.size() < kUpdatesToTrustOwnOrigins) return false;
  if (shared && seen.size() == 1 && passes.back()[first].value == 0) return false;
  const std::uint64_t expected = shared ? 0 : seen[seen.size() / 2];
  const auto strays =
      seen.size() - static_cast<std::size_t>(std::count(seen.begin(), seen.end(), expected));
  return strays <= (seen.size() >= 4 ? 1U : 0U);
}

}  // namespace

std::vector<std::optional<std::size_t>> find_mirrors(const CounterPasses& passes,
                                                     std::span<const unsigned> groups,
                                                     CountingFrom origin) {
  std::vector<std::optional<std::size_t>> original(groups.size());
  for (std::size_t second = 0; second < groups.size(); ++second) {
    for (std::size_t first = 0; first < second && !original[second]; ++first) {
      if (groups[first] != groups[second] || original[first]) continue;
      if (mirrors(passes, first, second, origin)) original[second] = first;
    }
  }
  return original;
}

CounterPasses watch_counters(std::size_t count, const std::function<void(std::span<Reading>)>& read,
                             units::Duration budget) {
  CounterPasses passes;
  const Instant end = Instant::now() + budget;
  std::size_t updates = 0;
  while (passes.size() < kMinPasses ||
         (passes.size() < kMaxPasses && updates < kUpdatesWanted && Instant::now() < end)) {
    std::vector<Reading> pass(count);
    read(pass);
    if (!passes.empty() && count != 0 && passes.back().front() != pass.front()) ++updates;
    passes.push_back(std::move(pass));
  }
  return passes;
}

}  // namespace turngreen::energy
