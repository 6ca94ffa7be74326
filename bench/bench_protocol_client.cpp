// What a stage costs a program that tells it through the run protocol: begin and end by the C
// client. To be run under `turngreen measure`; bench/protocol.py does, and checks that every line
// arrived.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "pair_times.h"
#include "turngreen_run.h"

namespace {

using turngreen::bench::PairTimes;

// Ten thousand marks a second.
constexpr std::int64_t kBetween = 200'000;  // nanoseconds

void pair(const char* stage) {
  turngreen_begin(stage);
  turngreen_end(stage);
}

void paced(benchmark::State& state) {
  PairTimes times;
  for (auto _ : state) {
    PairTimes::work(kBetween);
    state.SetIterationTime(times.time([] { pair("paced"); }));
  }
  times.report(state);
}
BENCHMARK(paced)->UseManualTime()->Iterations(10'000);

// Faster than the meter reads, the pipe fills and the program waits for it.
void back_to_back(benchmark::State& state) {
  for (auto _ : state) pair("back to back");
}
BENCHMARK(back_to_back)->UseRealTime()->Iterations(100'000);

void paced_handle(benchmark::State& state) {
  PairTimes times;
  for (auto _ : state) {
    PairTimes::work(kBetween);
    state.SetIterationTime(times.time([] { turngreen_close(turngreen_open("handle")); }));
  }
  times.report(state);
}
BENCHMARK(paced_handle)->UseManualTime()->Iterations(10'000);

}  // namespace

int main(int argc, char** argv) {
  if (!turngreen_metric("reached", 1)) {
    std::fputs("bench_protocol_client: run me under turngreen measure\n", stderr);
    return 1;
  }
  // `--pairs N`: as many pairs of the stage "checked", and no clock.
  if (argc == 3 && std::strcmp(argv[1], "--pairs") == 0) {
    for (long left = std::strtol(argv[2], nullptr, 10); left > 0; --left) pair("checked");
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
