#include "energy/update_clock.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "energy/sampling_distance.h"
#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::milliseconds;
using units::seconds;

/// How far two readings are apart, in seconds.
struct Gap {
  double least = 0.07;
  double most = 0.13;
};

/// A counter with updates every `period`, each early or late by up to `unsteady` periods, read for
/// 200 s by a clock that was told 100 ms.
class Watched {
 public:
  explicit Watched(double period, double unsteady = 0, Gap gap = {}) {
    const double phase = uniform(0, period);
    double update = phase;
    double next = phase + period;
    int updates = 1;
    double before = 1;
    while (next <= before) step(update, next, ++updates, phase, period, unsteady);
    for (double time = before; time < 200; time += uniform(gap.least, gap.most)) {
      const double seen = update;
      while (next <= time) step(update, next, ++updates, phase, period, unsteady);
      if (update > seen) {
        clock_.moved(at(seconds(before)), at(seconds(time)));
        judge(time, update);
      } else {
        clock_.stood_still(at(seconds(before)), at(seconds(time)));
      }
      before = time;
    }
  }

  int asked() const { return asked_; }
  int told() const { return told_; }
  int close() const { return close_; }  ///< told to within 3 ms

 private:
  double uniform(double low, double high) {
    return std::uniform_real_distribution(low, high)(random_);
  }
  void step(double& update, double& next, int updates, double phase, double period,
            double unsteady) {
    update = next;
    next = phase + (updates + uniform(-unsteady, unsteady)) * period;
  }
  void judge(double time, double update) {
    if (time < 20) return;  // it takes a while to learn
    ++asked_;
    const auto told = clock_.last_update(at(seconds(time)));
    if (!told) return;
    ++told_;
    close_ += std::abs((*told - at(seconds(update))).in_seconds()) < 0.003;
  }

  std::mt19937_64 random_{5};
  UpdateClock clock_{milliseconds(100)};
  int asked_ = 0;
  int told_ = 0;
  int close_ = 0;
};

TEST(UpdateClock, finds_the_updates_of_a_regular_counter) {
  const Watched watched(0.1);
  EXPECT_GT(watched.told(), watched.asked() * 95 / 100);
  EXPECT_GT(watched.close(), watched.told() * 98 / 100);
}

TEST(UpdateClock, finds_the_period_where_it_differs_from_the_claimed_one) {
  const Watched watched(0.0987, 0.002);
  EXPECT_GT(watched.told(), watched.asked() * 95 / 100);
  EXPECT_GT(watched.close(), watched.told() * 98 / 100);
}

TEST(UpdateClock, needs_readings_that_do_not_keep_step_with_the_updates) {
  EXPECT_EQ(Watched(0.1, 0, {0.09999, 0.10001}).told(), 0);
  const double distance =
      sampling_distance(milliseconds(100), std::array{counter_domain("gpu-0", milliseconds(100))})
          .in_seconds();
  const Watched off_beat(0.1, 0, {distance, distance + 1e-4});
  EXPECT_GT(off_beat.told(), off_beat.asked() * 95 / 100);
  EXPECT_GT(off_beat.close(), off_beat.told() * 98 / 100);
}

TEST(UpdateClock, tells_next_to_nothing_of_a_counter_that_is_not_regular) {
  const Watched watched(0.1, 0.2);
  EXPECT_LT(watched.told(), watched.asked() * 5 / 100);
}

TEST(UpdateClock, tells_next_to_nothing_where_the_period_is_another_than_the_claimed_one) {
  const Watched watched(0.02);
  EXPECT_LT(watched.told(), watched.asked() * 5 / 100);
}

TEST(UpdateClock, tells_nothing_before_it_has_learnt_and_after_it_forgot) {
  UpdateClock clock(milliseconds(100));
  EXPECT_FALSE(clock.last_update(at(seconds(1))));
  std::mt19937_64 random(3);
  double before = 0;
  for (double time = 0.05; time < 60; time += std::uniform_real_distribution(0.01, 0.04)(random)) {
    const bool moved = std::floor(time * 10) > std::floor(before * 10);
    if (moved) {
      clock.moved(at(seconds(before)), at(seconds(time)));
    } else {
      clock.stood_still(at(seconds(before)), at(seconds(time)));
    }
    before = time;
  }
  const auto told = clock.last_update(at(seconds(60.05)));
  ASSERT_TRUE(told);
  EXPECT_LT(std::abs((*told - at(seconds(60))).in_seconds()), 0.002);
  clock.forget();
  EXPECT_FALSE(clock.last_update(at(seconds(60.05))));
}

}  // namespace
}  // namespace turngreen::energy
