#include <gtest/gtest.h>

#include "energy/domain_track.h"
#include "energy/power_signal.h"
#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

struct Case {
  const char* name;
  PowerSignal (*signal)(std::mt19937_64&, double);
  double step;
  double period;
  double p95;  ///< of the errors of long spans, as a share
};

/// A counter over a made-up signal, sampled with jitter; wraps every 262 J.
class Accuracy : public testing::TestWithParam<Case> {
 protected:
  static constexpr std::uint64_t kRange = 262'000'000;

  Accuracy() : signal_(GetParam().signal(random_, 300)), track_(domain()) {
    const auto [name, make, step, period, p95] = GetParam();
    const double phase = uniform(0, step);
    for (double time = 0; time < 300; time += period * uniform(0.7, 1.3)) {
      const double updated = std::floor((time - phase) / step) * step + phase;
      const auto counter = static_cast<std::uint64_t>(signal_.joules(updated) * 1e6) % kRange;
      track_.observe({at(units::seconds(time)),
                      at(units::seconds(time + 5e-6)),
                      Reading::of(counter),
                      false,
                      {}});
    }
  }
  static Domain domain() {
    Domain domain = counter_domain("package-0", units::seconds(GetParam().step));
    domain.max_power = units::watts(600);
    domain.wraps_at = kRange;
    return domain;
  }
  double uniform(double low, double high) {
    return std::uniform_real_distribution(low, high)(random_);
  }

  std::mt19937_64 random_{7};
  PowerSignal signal_;
  DomainTrack track_;
};

TEST_P(Accuracy, the_truth_lies_within_the_bounds_and_long_spans_are_close) {
  const double unit = std::max(GetParam().step, GetParam().period);
  int inside = 0;
  std::vector<double> errors;
  constexpr int kSpans = 3000;
  for (int i = 0; i < kSpans; ++i) {
    const double length = std::exp(uniform(std::log(0.001), std::log(20)));
    const double begin = uniform(1, 297 - length);
    const auto energy = track_.curve()
                            .between(at(units::seconds(begin)), at(units::seconds(begin + length)))
                            .energy;
    const double truth = signal_.joules(begin + length) - signal_.joules(begin);
    constexpr double kRounding = 2e-6;
    inside += truth >= energy->low.in_joules() - kRounding &&
              truth <= energy->high.in_joules() + kRounding;
    if (length >= 10 * unit) errors.push_back(std::abs(energy->value.in_joules() - truth) / truth);
  }
  EXPECT_GE(inside, kSpans * 95 / 100);
  std::sort(errors.begin(), errors.end());
  EXPECT_LT(errors[errors.size() / 2], 0.01);
  EXPECT_LT(errors[errors.size() * 95 / 100], GetParam().p95);
}

INSTANTIATE_TEST_SUITE_P(Signals, Accuracy,
                         testing::Values(Case{"steps_1ms", PowerSignal::steps, 0.001, 0.1, 0.01},
                                         Case{"ramps_1ms", PowerSignal::ramps, 0.001, 0.1, 0.01},
                                         Case{"bursts_1ms", PowerSignal::bursts, 0.001, 0.1, 0.05},
                                         Case{"steps_100ms", PowerSignal::steps, 0.1, 0.1, 0.01},
                                         Case{"ramps_100ms", PowerSignal::ramps, 0.1, 0.1, 0.01},
                                         Case{"bursts_100ms", PowerSignal::bursts, 0.1, 0.1, 0.05},
                                         Case{"bursts_fast", PowerSignal::bursts, 0.001, 0.01,
                                              0.02}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace turngreen::energy
