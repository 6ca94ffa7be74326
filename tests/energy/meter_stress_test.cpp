#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "energy/scripted_sensor.h"
#include "turngreen/energy/meter.h"

namespace turngreen::energy {
namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kSpans = 320'000;  // instrumented code is an order of magnitude slower
#else
constexpr std::uint64_t kSpans = 10'000'000;
#endif
constexpr std::uint64_t kThreads = 64;
constexpr std::uint64_t kRange = 4'000'000'000;        // 4,000 J, begun 50 J before its end:
constexpr std::uint64_t kFirst = kRange - 50'000'000;  // wraps after half a second at 100 W

TEST(MeterStress, threads_of_back_to_back_spans_lose_and_double_no_joule) {
  std::atomic<bool> gone{false};
  const Instant start = Instant::now();
  const auto microjoules = [start] {  // 100 W
    return static_cast<std::uint64_t>((Instant::now() - start).in_nanoseconds() / 10);
  };
  auto sensor = std::make_unique<ScriptedSensor>();
  Domain package = counter_domain("package-0");
  package.wraps_at = kRange;
  package.max_power = units::watts(150);
  sensor->add(package, [&] { return Reading::of((kFirst + microjoules()) % kRange); });
  sensor->add(counter_domain("gpu-0"),
              [&] { return gone.load() ? Reading::missing() : Reading::of(microjoules()); });
  Meter meter(sensors(std::move(sensor)), {.period = units::milliseconds(5)});

  std::vector<std::thread> threads;
  std::atomic<std::uint64_t> done{0};
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&meter, &done, &gone, t] {
      const StageId stage = meter.stage("stage " + std::to_string(t % 8));
      const SpanId outer = meter.open("thread");
      for (std::uint64_t i = 0; i < kSpans / kThreads; ++i) {
        meter.close(meter.open(stage));
        if (done.fetch_add(1, std::memory_order_relaxed) == kSpans / 2) gone.store(true);
      }
      meter.close(outer);
    });
  }
  for (auto& thread : threads) thread.join();
  const Statement statement = meter.finish();

  std::uint64_t spans = 0;
  std::int64_t own = 0;
  std::int64_t top = 0;
  for (const StageEnergy& stage : statement.stages) {
    if (stage.name != "thread") spans += stage.count;
    own += stage.own[0].energy->value.in_microjoules();
    if (!stage.parent) top += stage.domains[0].energy->value.in_microjoules();
  }
  EXPECT_EQ(spans, kSpans / kThreads * kThreads);
  EXPECT_EQ(own, top);
  const auto& package_total = *statement.domain_totals[0].energy;
  EXPECT_LE(top, package_total.value.in_microjoules());
  const double truth = 100.0 * statement.time().in_seconds();
  EXPECT_LE(package_total.low.in_joules(), truth);
  EXPECT_GE(package_total.high.in_joules(), truth);
  // Threads cover all but the start and the end of the window.
  EXPECT_GT(static_cast<double>(top),
            0.9 * static_cast<double>(package_total.value.in_microjoules()));

  EXPECT_GT(statement.domain_totals[1].unmeasured, units::Duration{});
  EXPECT_LT(statement.domain_totals[1].energy->value, package_total.value);
  for (const Fault& fault : statement.faults) {
    EXPECT_TRUE(fault.kind == FaultKind::wrap || fault.kind == FaultKind::vanished ||
                fault.kind == FaultKind::late || fault.kind == FaultKind::late_mark)
        << to_string(fault.kind);
  }
}

}  // namespace
}  // namespace turngreen::energy
