#include "turngreen/energy/step_probe.h"

#include <algorithm>
#include <utility>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kMostKept = 16384;  // of each kind of duration: more would not move a median

std::optional<std::int64_t> median(std::vector<std::int64_t> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// What the readings of one domain have shown so far.
class Watch {
 public:
  explicit Watch(const Domain& domain) : domain_(domain) {}

  void add(const Reading& reading, Instant at) {
    if (reading.state != Reading::State::ok) return;
    ++reads_;
    sum_ += static_cast<double>(reading.value);
    if (reads_ > 1 && reading.value != last_) change(reading.value, at);
    last_ = reading.value;
  }

  ObservedStep result() const {
    ObservedStep step;
    step.reads = reads_;
    step.changes = changes_;
    if (changes_ >= 3) step.period = units::nanoseconds(*median(gaps_));
    const double microunits =
        static_cast<double>(domain_.unit.numerator) / static_cast<double>(domain_.unit.denominator);
    if (domain_.quantity == Quantity::power) {
      if (reads_ > 0)
        step.mean_power = units::microwatts(sum_ / static_cast<double>(reads_) * microunits);
      return step;
    }
    if (smallest_)
      step.smallest = units::joules(static_cast<double>(*smallest_) * microunits / 1e6);
    // From the first change to the last: how long the first value had stood is not known.
    if (changes_ >= 2 && !went_back_)
      step.mean_power = units::joules(advance_ * microunits / 1e6) / (last_change_ - first_change_);
    return step;
  }

 private:
  void change(std::uint64_t value, Instant at) {
    if (domain_.quantity == Quantity::energy) {
      std::optional<std::uint64_t> step;
      if (value > last_)
        step = value - last_;
      else if (domain_.wraps_at && last_ <= *domain_.wraps_at)
        step = *domain_.wraps_at - last_ + value;
      if (!step) went_back_ = true;
      if (step && (!smallest_ || *step < *smallest_)) smallest_ = step;
      if (step && changes_ > 0) advance_ += static_cast<double>(*step);
    }
    if (changes_ == 0)
      first_change_ = at;
    else if (gaps_.size() < kMostKept)
      gaps_.push_back((at - last_change_).in_nanoseconds());
    last_change_ = at;
    ++changes_;
  }

  const Domain& domain_;
  std::uint64_t reads_ = 0;
  std::uint64_t changes_ = 0;
  std::uint64_t last_ = 0;
  std::optional<std::uint64_t> smallest_;
  double sum_ = 0;
  double advance_ = 0;
  bool went_back_ = false;
  Instant first_change_;
  Instant last_change_;
  std::vector<std::int64_t> gaps_;
};

}  // namespace

std::vector<ObservedStep> observe_steps(Sensor& sensor, units::Duration budget) {
  std::vector<Watch> watches;
  for (const Domain& domain : sensor.domains()) watches.emplace_back(domain);
  std::vector<Reading> readings(watches.size());
  std::vector<std::int64_t> costs;
  Instant now = Instant::now();
  const Instant end = now + budget;
  while (now < end) {
    const Instant before = now;
    sensor.read(readings);
    now = Instant::now();
    if (costs.size() < kMostKept) costs.push_back((now - before).in_nanoseconds());
    for (std::size_t i = 0; i < watches.size(); ++i) watches[i].add(readings[i], now);
  }
  const units::Duration cost = units::nanoseconds(median(std::move(costs)).value_or(0));
  std::vector<ObservedStep> steps;
  for (const Watch& watch : watches) {
    steps.push_back(watch.result());
    steps.back().read_time = cost;
  }
  return steps;
}

}  // namespace turngreen::energy
