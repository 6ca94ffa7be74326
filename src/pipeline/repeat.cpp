#include "turngreen/pipeline/repeat.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <map>
#include <thread>
#include <utility>

namespace turngreen::pipeline {
namespace {

double number(units::Energy energy) { return energy.in_joules(); }
double number(units::Duration time) { return time.in_seconds(); }

template <typename T>
T quantity(double value);
template <>
units::Energy quantity(double value) {
  return units::joules(value);
}
template <>
units::Duration quantity(double value) {
  return units::seconds(value);
}

template <typename T>
Spread<T> spread_of(const std::vector<T>& values) {
  Spread<T> spread;
  spread.count = values.size();
  if (values.empty()) return spread;
  const auto count = static_cast<double>(values.size());
  double sum = 0;
  for (const T& value : values) sum += number(value);
  const double mean = sum / count;
  spread.mean = quantity<T>(mean);
  if (values.size() < 2) return spread;

  double squares = 0;
  for (const T& value : values) squares += (number(value) - mean) * (number(value) - mean);
  const double deviation = std::sqrt(squares / (count - 1));
  const double half_width = student_t_95(values.size() - 1) * deviation / std::sqrt(count);
  spread.deviation = quantity<T>(deviation);
  spread.interval = {quantity<T>(mean), quantity<T>(mean - half_width),
                     quantity<T>(mean + half_width)};
  if (mean != 0) spread.coefficient_of_variation = deviation / std::abs(mean);
  return spread;
}

/// The values of one stage, or of the whole, from run to run.
struct Values {
  std::vector<units::Energy> energy;
  std::vector<units::Duration> time;

  void add(const energy::DomainEnergy& total, units::Duration length) {
    if (total.energy) energy.push_back(total.energy->value);
    time.push_back(length);
  }
};

}  // namespace

RepeatSummary summarise(std::span<const Measurement> runs) {
  RepeatSummary summary;
  summary.runs = runs.size();
  Values whole;
  std::vector<Values> stages;
  std::map<std::pair<std::optional<std::size_t>, std::string>, std::size_t> known;
  for (const Measurement& run : runs) {
    whole.add(run.energy.total, run.energy.time());
    std::vector<std::size_t> place_of;  // of this run's stages, in the summary
    for (const energy::StageEnergy& stage : run.energy.stages) {
      std::optional<std::size_t> parent;
      if (stage.parent) parent = place_of.at(*stage.parent);
      const auto [place, is_new] = known.try_emplace({parent, stage.name}, stages.size());
      if (is_new) {
        summary.stages.push_back({stage.name, parent, {}, {}});
        stages.emplace_back();
      }
      place_of.push_back(place->second);
      stages[place->second].add(stage.total, stage.time);
    }
  }
  summary.energy = spread_of(whole.energy);
  summary.time = spread_of(whole.time);
  for (std::size_t i = 0; i < stages.size(); ++i) {
    summary.stages[i].energy = spread_of(stages[i].energy);
    summary.stages[i].time = spread_of(stages[i].time);
  }
  return summary;
}

double student_t_95(std::size_t degrees_of_freedom) {
  constexpr std::array kTable{12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624,
                              2.306004,  2.262157, 2.228139, 2.200985, 2.178813, 2.160369, 2.144787,
                              2.131450,  2.119905, 2.109816, 2.100922, 2.093024, 2.085963};
  if (degrees_of_freedom <= kTable.size())
    return kTable[std::max<std::size_t>(degrees_of_freedom, 1) - 1];
  // Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5), better than 1e-6 from here on.
  const auto n = static_cast<double>(degrees_of_freedom);
  const double z = 1.959963984540054;
  const double z2 = z * z;
  const double g1 = (z2 + 1) * z / 4;
  const double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
  const double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
  const double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;
  return z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
}

Result<std::vector<Measurement>> run_repeatedly(const CommandRunOptions& command,
                                                const RepeatOptions& options) {
  std::vector<Measurement> runs;
  for (std::size_t run = 0; run < options.runs; ++run) {
    if (run > 0) {
      std::this_thread::sleep_for(std::chrono::nanoseconds(options.cool_down.in_nanoseconds()));
    }
    auto measured = run_command(command);
    if (!measured) return tl::unexpected(measured.error());
    runs.push_back(std::move(*measured));
    const bool wanted = !options.after_run || options.after_run(run, runs.back());
    if (!wanted || runs.back().signal) break;
  }
  return runs;
}

}  // namespace turngreen::pipeline
