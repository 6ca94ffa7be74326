#include "turngreen/explore/steady_state.h"

#include <fmt/core.h>

#include <cmath>
#include <limits>
#include <vector>

#include "turngreen/pipeline/repeat.h"

namespace turngreen::explore {
namespace {

constexpr std::size_t kGroup = 5;  // MSER-5
constexpr std::size_t kBatches = 10;

/// What was done and spent between two points.
struct Step {
  double seconds = 0;
  double joules = 0;
  double samples = 0;
  std::size_t begin = 0;  ///< index of the point at which it begins

  Step& operator+=(const Step& other) {
    seconds += other.seconds;
    joules += other.joules;
    samples += other.samples;
    return *this;
  }
};
using Cost = double Step::*;

Result<std::vector<Step>> steps_between(std::span<const WorkPoint> points) {
  std::vector<Step> steps;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const WorkPoint& from = points[begin];
    const WorkPoint& last = points[i - 1];
    const WorkPoint& to = points[i];
    if (to.time < last.time || to.energy < last.energy || to.samples < last.samples) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("point {} goes back: {} samples, {} J, {} s after {}, {}, {}; points "
                              "count from the beginning of the stage",
                              i, to.samples, to.energy.in_joules(), to.time.in_seconds(),
                              last.samples, last.energy.in_joules(), last.time.in_seconds()));
    }
    if (to.samples == from.samples) continue;
    steps.push_back({(to.time - from.time).in_seconds(), (to.energy - from.energy).in_joules(),
                     static_cast<double>(to.samples - from.samples), begin});
    begin = i;
  }
  return steps;
}

/// Joins neighbours into groups of `size`; an incomplete one at the beginning is left out, where
/// the warm-up is.
std::vector<Step> in_groups(std::span<const Step> steps, std::size_t size) {
  std::vector<Step> groups;
  for (std::size_t i = steps.size() % size; i < steps.size(); i += size) {
    Step group = steps[i];
    for (std::size_t j = 1; j < size; ++j) group += steps[i + j];
    groups.push_back(group);
  }
  return groups;
}

/// Number of groups to leave out so that the mean of the rest is known best; absent: the cost still
/// changes where half of them are left out.
std::optional<std::size_t> warm_up_groups(std::span<const Step> groups, Cost cost) {
  double least = std::numeric_limits<double>::infinity();
  std::size_t best = 0;
  double sum = 0;
  double squares = 0;
  std::vector<double> deviations(groups.size());  // squared standard error of the mean from there
  // About the last group's value, so that squares of large means do not cancel.
  const double reference = groups.back().*cost / groups.back().samples;
  for (std::size_t i = groups.size(); i-- > 0;) {
    const double rate = groups[i].*cost / groups[i].samples - reference;
    const auto count = static_cast<double>(groups.size() - i);
    sum += rate;
    squares += rate * rate;
    deviations[i] = (squares - sum * sum / count) / (count * count);
  }
  const std::size_t half = groups.size() / 2;
  for (std::size_t i = 0; i <= half; ++i) {
    if (deviations[i] < least) {
      least = deviations[i];
      best = i;
    }
  }
  return best < half ? std::optional(best) : std::nullopt;
}

/// Ratio of the sums, with the interval that the batches' scatter about it gives.
units::Bounded<double> mean_cost(std::span<const Step> batches, Cost cost) {
  Step all;
  for (const Step& batch : batches) all += batch;
  const double mean = all.*cost / all.samples;
  const auto count = static_cast<double>(batches.size());
  double squares = 0;
  for (const Step& batch : batches) {
    const double residual = batch.*cost - mean * batch.samples;
    squares += residual * residual;
  }
  const double deviation = std::sqrt(squares / (count * (count - 1))) * count / all.samples;
  const double reach = pipeline::student_t_95(batches.size() - 1) * deviation;
  return {mean, mean - reach, mean + reach};
}

}  // namespace

bool SteadyState::narrower_than(double share) const {
  if (energy_per_sample) {
    const auto& energy = *energy_per_sample;
    return energy.high - energy.low < energy.value * share;
  }
  return time_per_sample.high - time_per_sample.low < time_per_sample.value * share;
}

Result<SteadyState> steady_state(std::span<const WorkPoint> points) {
  const auto steps = steps_between(points);
  if (!steps) return tl::unexpected(steps.error());
  if (steps->size() + 1 < kFewestWorkPoints) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} points with progress between them; {} are needed, so report "
                            "progress more often or let it run longer",
                            steps->empty() ? 0 : steps->size() + 1, kFewestWorkPoints));
  }
  const bool has_energy = points.back().energy > points.front().energy;
  const std::vector<Step> groups = in_groups(*steps, kGroup);
  const auto warm_up = warm_up_groups(groups, has_energy ? &Step::joules : &Step::seconds);
  if (!warm_up) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the cost of a sample still changes after half of {} points: let it "
                            "run longer",
                            steps->size() + 1));
  }
  const std::size_t steady_steps = (groups.size() - *warm_up) * kGroup;
  const std::size_t batch_size = steady_steps / kBatches;
  const std::span<const Step> steady = std::span(*steps).last(batch_size * kBatches);
  const std::vector<Step> batches = in_groups(steady, batch_size);

  SteadyState state;
  state.warm_up = steady.front().begin;
  if (has_energy) {
    const auto joules = mean_cost(batches, &Step::joules);
    state.energy_per_sample = {units::joules(joules.value), units::joules(joules.low),
                               units::joules(joules.high)};
  }
  const auto seconds = mean_cost(batches, &Step::seconds);
  state.time_per_sample = {units::seconds(seconds.value), units::seconds(seconds.low),
                           units::seconds(seconds.high)};
  return state;
}

}  // namespace turngreen::explore
