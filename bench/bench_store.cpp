// What a store costs with many trials in it: opening it and reading them all is to stay below
// 100 ms at 10,000 trials, and a trial is claimed and finished once.

#include <benchmark/benchmark.h>

#include <cstdlib>

#include "report/scratch_directory.h"
#include "study/sample_study.h"
#include "turngreen/study/store.h"

namespace turngreen::study {
namespace {

constexpr std::int64_t kTrials = 10'000;

/// A store with one study, made once.
class FullStore {
 public:
  explicit FullStore(std::int64_t trials) {
    auto store = Store::open(file()).value();
    auto record = store.open_study("full", sample_space(), 1, "name: full\n", "study.yaml").value();
    Trial trial;
    trial.outcome = sample_outcome();
    trial.provenance = sample_provenance();
    std::vector<Trial> all;
    for (std::int64_t i = 0; i < trials; ++i) {
      trial.assignment =
          assignment({static_cast<knobs::Level>(i % 2), 1}, static_cast<std::uint64_t>(i));
      all.push_back(trial);
    }
    record.name = "imported";
    study_ = store.import_study(record, all).value().id;
  }
  std::filesystem::path file() const { return scratch_ / "turngreen.db"; }
  std::int64_t study() const { return study_; }

 private:
  report::ScratchDirectory scratch_;
  std::int64_t study_ = 0;
};

void open_and_read_all(benchmark::State& state) {
  const FullStore full(state.range(0));
  for (auto _ : state) {
    const Store store = Store::open(full.file()).value();
    const auto trials = store.trials(full.study()).value();
    if (static_cast<std::int64_t>(trials.size()) != state.range(0)) std::abort();
  }
}
BENCHMARK(open_and_read_all)->Arg(100)->Arg(kTrials)->Unit(benchmark::kMillisecond);

void list_studies(benchmark::State& state) {
  const FullStore full(kTrials);
  for (auto _ : state) {
    const Store store = Store::open(full.file()).value();
    if (store.studies().value().size() != 2) std::abort();
  }
}
BENCHMARK(list_studies)->Unit(benchmark::kMillisecond);

/// With both waits for the disk.
void claim_and_finish(benchmark::State& state) {
  const FullStore full(state.range(0));
  Store store = Store::open(full.file()).value();
  for (auto _ : state) {
    const auto trial = store.claim(full.study(),
                                   [](const auto&) {
                                     return assignment({0, 0});
                                   })
                           .value()
                           .value();
    if (!store.finish(full.study(), trial.number, sample_outcome(), sample_provenance())) {
      std::abort();
    }
  }
}
BENCHMARK(claim_and_finish)->Arg(100)->Arg(kTrials)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace turngreen::study

BENCHMARK_MAIN();
