#include "tune.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "complaint.h"
#include "exit_status.h"
#include "place_options.h"
#include "stop_signal.h"
#include "tune_progress.h"
#include "tune_workers.h"
#include "turngreen/explore/final_test.h"
#include "turngreen/explore/knowledge.h"
#include "turngreen/explore/session.h"
#include "turngreen/explore/warnings.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/report/tuning_result.h"

namespace turngreen::cli {
namespace {

constexpr int kExitBaselineIsBest = 3;
constexpr int kExitInterrupted = 130;
constexpr std::uint64_t kDefaultSeed = 1;
constexpr std::size_t kMostWorkers = 256;

struct TuneOptions {
  std::string file;
  std::optional<std::uint64_t> seed;
  std::string json;
  std::string best;
  std::string store;
  std::size_t workers = 1;
  bool overlap = false;
  bool restart = false;
  bool quiet = false;
  energy::SensorPlaces places;
};

/// One call of `turngreen tune`. Steps that fail return their error up to run().
class Tuning {
 public:
  Tuning(const TuneOptions& options, Console& console) : options_(options), console_(console) {}

  int run() {
    const auto status = work();
    if (!status) {
      complain(console_, "tune", status.error());
      return kExitFailure;
    }
    return *status;
  }

 private:
  Result<int> work() {
    if (auto prepared = prepare(); !prepared) return tl::unexpected(prepared.error());
    const StopSignal stop;
    auto end = options_.workers > 1 ? by_workers(stop) : alone(stop);
    if (!end) return tl::unexpected(end.error());
    return conclude(*end);
  }

  Result<void> prepare() {
    auto study = study::load_study_file(options_.file);
    if (!study) return tl::unexpected(study.error());
    study_.emplace(std::move(*study));
    if (!options_.store.empty()) study_->store = std::filesystem::absolute(options_.store);
    const auto folder = study_->file.parent_path();
    best_ = options_.best.empty() ? folder / "best.yaml" : std::filesystem::path(options_.best);
    for (const auto& file : {options_.json, best_.string()}) {
      if (file.empty() || file == "-") continue;
      if (auto possible = report::check_writable(file); !possible) return possible;
    }
    if (const auto* recorded = std::get_if<pipeline::RecordedDescription>(&study_->pipeline)) {
      return fail(Error::Kind::unsupported,
                  fmt::format("study {} cannot be tuned: {}", study_->name,
                              pipeline::nothing_to_run(*recorded)));
    }
    if (auto* command = std::get_if<pipeline::CommandDescription>(&study_->pipeline)) {
      command->places = options_.places;
    }
    auto pipeline = study::open_pipeline(*study_);
    if (!pipeline) return tl::unexpected(pipeline.error());
    pipeline_ = std::move(*pipeline);
    return open_study();
  }

  Result<void> open_study() {
    auto store = study::Store::open(study_->store);
    if (!store) return tl::unexpected(store.error());
    if (options_.restart && store->find_study(study_->name)) {
      if (auto deleted = store->delete_study(study_->name); !deleted) return deleted;
    }
    auto record =
        store->open_study(study_->name, study_->space, options_.seed.value_or(kDefaultSeed),
                          study_->text, study_->file);
    if (!record) return tl::unexpected(record.error());
    if (options_.seed && record->seed != *options_.seed) {
      return fail(
          Error::Kind::invalid_input,
          fmt::format("study {} was begun with seed {} in {}; go on without --seed, or begin "
                      "again with --restart",
                      study_->name, record->seed, study_->store.string()));
    }
    record_ = std::move(*record);
    if (auto learnt = learn(*store); !learnt) return learnt;
    tuner_.emplace(*study_, *pipeline_, record_.seed);
    store_.emplace(std::move(*store));
    return {};
  }

  Result<void> learn(const study::Store& store) {
    const auto learnt = explore::learn_from_earlier_studies(*study_, store, record_.id);
    if (!learnt) return tl::unexpected(learnt.error());
    for (const auto& sentence : *learnt) {
      if (!options_.quiet) console_.err << "turngreen: expecting " << sentence << '\n';
    }
    return {};
  }

  explore::SessionOptions session_options(const StopSignal& stop) const {
    explore::SessionOptions session;
    session.trials_directory = study_->store.parent_path() / "trials" / study_->name;
    session.overlap = options_.overlap;
    session.stop = &stop.flag();
    return session;
  }

  Result<explore::SessionEnd> alone(const StopSignal& stop) {
    TuneProgress progress(*study_, console_.err, console_.err_terminal, options_.quiet);
    auto before = store_->trials(record_.id);
    if (!before) return tl::unexpected(before.error());
    progress.resumed(*before);
    auto session = session_options(stop);
    session.events.started = [&](const auto& trial, const auto& reason) {
      progress.started(trial, reason);
    };
    session.events.running = [&](const auto& running) { progress.running(running); };
    session.events.finished = [&](const auto& trial, const auto& recommendation) {
      progress.finished(trial, recommendation);
    };
    return explore::run_session(*study_, *store_, record_.id, *tuner_, *pipeline_, session);
  }

  /// Each worker opens the store for itself; this process looks on.
  Result<explore::SessionEnd> by_workers(const StopSignal& stop) {
    TuneProgress progress(*study_, console_.err, console_.err_terminal, options_.quiet);
    auto before = store_->trials(record_.id);
    if (!before) return tl::unexpected(before.error());
    progress.resumed(*before);
    std::size_t told = static_cast<std::size_t>(std::ranges::count_if(
        *before, [](const auto& trial) { return trial.outcome.has_value(); }));
    store_.reset();
    auto workers = TuneWorkers::start(options_.workers, [&] {
      auto store = study::Store::open(study_->store);
      if (!store) {
        complain(console_, "tune", store.error());
        return kExitFailure;
      }
      const auto end = explore::run_session(*study_, *store, record_.id, *tuner_, *pipeline_,
                                            session_options(stop));
      if (!end) complain(console_, "tune", end.error());
      return end ? kExitOk : kExitFailure;
    });
    if (!workers) return tl::unexpected(workers.error());
    auto store = study::Store::open(study_->store);
    if (!store) return tl::unexpected(store.error());
    store_.emplace(std::move(*store));
    const int worst = workers->wait(stop.flag(), [&] { told = tell(progress, told); });
    tell(progress, told);
    if (worst != kExitOk) {
      return fail(Error::Kind::io,
                  "a worker failed; what has finished is kept, and the same command goes on");
    }
    if (stop.flag()) return explore::SessionEnd{true, "interrupted"};
    auto reason = explore::end_reason(*store_, record_.id, *tuner_);
    if (!reason) return tl::unexpected(reason.error());
    return explore::SessionEnd{false, std::move(*reason)};
  }

  /// Tells of the trials that have finished since; returns how many there are.
  std::size_t tell(TuneProgress& progress, std::size_t told) const {
    if (options_.quiet) return told;
    const auto trials = store_->trials(record_.id);
    if (!trials) return told;
    for (; told < trials->size() && (*trials)[told].outcome; ++told) {
      const std::vector<study::Trial> until(
          trials->begin(), trials->begin() + static_cast<std::ptrdiff_t>(told) + 1);
      progress.started(until.back(), "");
      progress.finished(until.back(), tuner_->after(until).interim_recommendation());
    }
    return told;
  }

  Result<int> conclude(const explore::SessionEnd& end) {
    auto trials = store_->trials(record_.id);
    if (!trials) return tl::unexpected(trials.error());
    std::erase_if(*trials, [](const auto& trial) { return !trial.outcome; });
    const auto outlook = tuner_->after(*trials);
    report::TuningResult result{
        *study_,    record_.seed,    *trials, outlook.recommendation(), outlook.rejections(),
        end.reason, end.interrupted, {}};
    if (const auto* command = dynamic_cast<pipeline::CommandPipeline*>(pipeline_.get())) {
      pipeline::RunRequest request;
      request.configuration = result.recommendation.configuration;
      request.seed = record_.seed;
      request.directory = study_->file.parent_path();
      result.command = command->command_for(request);
    }
    if (result.recommendation.better_than_baseline) {
      result.by_rows =
          explore::verify_by_rows(*study_, *trials, result.recommendation.configuration);
    }
    result.test = explore::final_test(*study_, *trials);
    result.extrapolation = explore::check_extrapolation(*study_, pipeline_->fidelities(), *trials);
    result.warnings = explore::warnings_of(*study_, *trials);
    if (!options_.json.empty()) {
      if (options_.json == "-") {
        console_.out << report::tuning_json(result);
      } else if (auto written = report::replace_file(options_.json, report::tuning_json(result));
                 !written) {
        return tl::unexpected(written.error());
      }
    }
    const bool baseline_ran = result.recommendation.baseline_energy.has_value();
    if (!end.interrupted && baseline_ran) {
      if (auto written = report::replace_file(best_, report::best_yaml(result)); !written) {
        return tl::unexpected(written.error());
      }
    }
    if (!options_.quiet && options_.json != "-") console_.out << report::tuning_summary(result);
    if (end.interrupted) {
      if (!options_.quiet)
        console_.err << "turngreen tune: interrupted; the same command goes on\n";
      return kExitInterrupted;
    }
    if (!baseline_ran) return fail(Error::Kind::invalid_input, end.reason);
    return result.recommendation.better_than_baseline ? kExitOk : kExitBaselineIsBest;
  }

  const TuneOptions& options_;
  Console& console_;
  std::filesystem::path best_;
  std::optional<study::StudyFile> study_;
  std::unique_ptr<pipeline::Pipeline> pipeline_;
  std::optional<study::Store> store_;
  study::StudyRecord record_;
  std::optional<explore::Tuner> tuner_;
};

}  // namespace

Action configure_tune(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<TuneOptions>();
  app.add_option("study", options->file, "the study file")->type_name("STUDY.yaml")->required();
  app.add_option("--seed", options->seed, "what chance is drawn from (default 1)")->type_name("N");
  app.add_option("--json", options->json, "write the result (turngreen schema tuning); - prints it")
      ->type_name("FILE");
  app.add_option("--best", options->best,
                 "the recommended configuration (default best.yaml beside the study file)")
      ->type_name("FILE");
  app.add_option("--store", options->store,
                 "where trials are kept (default turngreen.db beside the study file)")
      ->type_name("FILE");
  app.add_option("--workers", options->workers,
                 "processes that run trials; measured ones still wait for each other")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, kMostWorkers));
  app.add_flag("--overlap", options->overlap,
               "let measured trials run at the same time: they then disturb each other's energy");
  auto* restart =
      app.add_flag("--restart", options->restart, "forget the study's trials and begin again");
  app.add_flag("--resume")
      ->description("go on with the trials that are kept (the default)")
      ->excludes(restart);
  app.add_flag("-q,--quiet", options->quiet, "print nothing but errors");
  add_place_options(app, options->places);
  return [options](Console& console, const std::vector<std::string>&) {
    return Tuning(*options, console).run();
  };
}

}  // namespace turngreen::cli
