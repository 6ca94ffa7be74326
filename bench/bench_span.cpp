// What a span costs the program that is measured: open and close, in the same process.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "energy/scripted_sensor.h"
#include "pair_times.h"
#include "turngreen/energy/scoped_span.h"

namespace {

using namespace turngreen::energy;
using turngreen::bench::PairTimes;

constexpr std::int64_t kBetween = 20'000;  // nanoseconds

std::unique_ptr<Meter> new_meter() {
  auto sensor = std::make_unique<ScriptedSensor>();
  for (const char* name : {"package-0", "package-1", "dram-0", "dram-1"}) {
    sensor->add(counter_domain(name), [] {  // 100 W
      return Reading::of(static_cast<std::uint64_t>(Instant::now().in_nanoseconds() / 10'000));
    });
  }
  return std::make_unique<Meter>(sensors(std::move(sensor)));
}

/// Back-to-back spans of several threads arrive, all of them, and share out exactly what there was.
bool spans_are_accounted() {
  constexpr std::uint64_t kThreads = 4;
  constexpr std::uint64_t kSpans = 50'000;
  const auto meter = new_meter();
  std::vector<std::thread> threads;
  for (std::uint64_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&meter] {
      const ScopedSpan whole(*meter, "thread");
      for (std::uint64_t i = 0; i < kSpans; ++i) const ScopedSpan span(*meter, "stage");
    });
  }
  for (auto& thread : threads) thread.join();
  const Statement statement = meter->finish();
  std::uint64_t spans = 0;
  std::int64_t own = 0;
  std::int64_t top = 0;
  for (const StageEnergy& stage : statement.stages) {
    if (stage.name == "stage") spans += stage.count;
    own += stage.own[0].energy->value.in_microjoules();
    if (!stage.parent) top += stage.domains[0].energy->value.in_microjoules();
  }
  return spans == kThreads * kSpans && own == top;
}

void two_clock_reads(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(Instant::now());
    benchmark::DoNotOptimize(Instant::now());
  }
}

/// As fast as it goes; where that is faster than the account, the threads wait for it.
template <typename Stage>
void back_to_back(benchmark::State& state, Meter& meter, Stage stage) {
  for (auto _ : state) const ScopedSpan span(meter, stage);
}

/// With work in between. Each pair is timed on its own, a clock read for that included.
template <typename Stage>
void paced(benchmark::State& state, Meter& meter, Stage stage) {
  PairTimes times;
  for (auto _ : state) {
    PairTimes::work(kBetween);
    state.SetIterationTime(times.time([&] { const ScopedSpan span(meter, stage); }));
  }
  times.report(state);
}

void register_all(Meter& meter) {
  benchmark::RegisterBenchmark("two_clock_reads", two_clock_reads);
  const auto add = [&meter](const std::string& how, auto stage) {
    const auto paced_pair = [&meter, stage](benchmark::State& s) { paced(s, meter, stage); };
    benchmark::RegisterBenchmark(("paced/" + how).c_str(), paced_pair)
        ->UseManualTime()
        ->Iterations(50'000);
    const auto pair = [&meter, stage](benchmark::State& s) { back_to_back(s, meter, stage); };
    benchmark::RegisterBenchmark(("back_to_back/" + how).c_str(), pair)
        ->ThreadRange(1, 8)
        ->UseRealTime();
  };
  add("by_id", meter.stage("stage"));
  add("by_name", std::string_view("stage"));
}

}  // namespace

int main(int argc, char** argv) {
  if (!spans_are_accounted()) {
    std::fputs("bench_span: the account of the spans is wrong; nothing was timed\n", stderr);
    return 1;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const auto meter = new_meter();
  register_all(*meter);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
