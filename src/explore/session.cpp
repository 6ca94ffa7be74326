#include "turngreen/explore/session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "turngreen/explore/hopeless_quality.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/study/machine_lock.h"
#include "turngreen/study/provenance.h"

namespace turngreen::explore {
namespace {

using study::Trial;

constexpr auto kPollOthers = std::chrono::milliseconds(100);
bool stopping(const SessionOptions& options) { return options.stop && options.stop->load(); }

std::vector<std::int64_t> running_among(const std::vector<Trial>& trials) {
  std::vector<std::int64_t> running;
  for (const auto& trial : trials) {
    if (!trial.outcome) running.push_back(trial.number);
  }
  return running;
}

/// The reason for the end, while these run elsewhere.
std::string with_elsewhere(const std::string& reason, const std::vector<std::int64_t>& elsewhere) {
  if (elsewhere.empty()) return reason;
  return fmt::format(
      "{}; trial {} was taken by a worker on another host or in another container, which was not "
      "waited for: run the same command there, or here once it has finished",
      reason, fmt::join(elsewhere, ", "));
}

/// The trial's directory: a new one, since a study that was forgotten may have left one of the
/// number.
std::filesystem::path unused_directory(const std::filesystem::path& trials, std::int64_t number) {
  auto directory = trials / fmt::format("{}", number);
  std::error_code unknown;
  for (int again = 2; std::filesystem::exists(std::filesystem::symlink_status(directory, unknown));
       ++again) {
    directory = trials / fmt::format("{}.{}", number, again);
  }
  return directory;
}

class Session {
 public:
  Session(const study::StudyFile& study, study::Store& store, std::int64_t id, const Tuner& tuner,
          pipeline::Pipeline& pipeline, const SessionOptions& options)
      : study_(study),
        store_(store),
        id_(id),
        tuner_(tuner),
        pipeline_(pipeline),
        options_(options) {}

  Result<SessionEnd> run() {
    while (!stopping(options_)) {
      if (auto returned = store_.return_abandoned(id_); !returned) {
        return tl::unexpected(returned.error());
      }
      auto trial = take();
      if (!trial) return tl::unexpected(trial.error());
      if (!*trial) {
        const auto elsewhere = store_.running_elsewhere(id_);
        if (!elsewhere) return tl::unexpected(elsewhere.error());
        // Another worker's result may open the way again.
        if (std::ranges::includes(*elsewhere, running_)) {
          return SessionEnd{false, with_elsewhere(reason_, running_)};
        }
        std::this_thread::sleep_for(kPollOthers);
        continue;
      }
      if (auto done = work(**trial); !done) return tl::unexpected(done.error());
    }
    return SessionEnd{true, "interrupted"};
  }

 private:
  Result<std::optional<Trial>> take() {
    return store_.claim(id_, [this](const std::vector<Trial>& trials) {
      running_ = running_among(trials);
      const Outlook outlook = tuner_.after(trials);
      Step step = outlook.next();
      reason_ = std::move(step.reason);
      if (!step.assignment) return step.assignment;
      hopeless_beyond_ = outlook.hopeless_beyond(*step.assignment);
      quality_watch_.reset();
      foretold_quality_.reset();
      curve_.clear();
      if (auto limit = outlook.hopeless_quality(*step.assignment)) {
        quality_watch_.emplace(*std::move(limit));
      }
      return step.assignment;
    });
  }

  Result<void> work(const Trial& trial) {
    if (options_.events.started) options_.events.started(trial, reason_);
    pipeline::RunRequest request;
    request.configuration = trial.assignment.configuration;
    request.fidelity = trial.assignment.fidelity;
    request.seed = trial.assignment.seed;
    if (trial.assignment.purpose == study::Purpose::test) request.rows = pipeline::Rows::test;
    request.watch = [this](const pipeline::RunProgress& progress) { return watch(progress); };
    std::optional<study::MachineLock> lock;
    if (pipeline_.measures() && !options_.overlap) {
      auto acquired = study::MachineLock::acquire_while([this] { return !stopping(options_); });
      if (!acquired) return tl::unexpected(acquired.error());
      if (!*acquired) return store_.give_back(id_, trial.number);
      lock = std::move(*acquired);
    }
    request.directory = unused_directory(options_.trials_directory, trial.number);
    const pipeline::Outcome outcome = pipeline_.run(request);
    lock.reset();
    if (stopping(options_)) return store_.give_back(id_, trial.number);
    return keep(trial, outcome);
  }

  std::optional<std::string> watch(const pipeline::RunProgress& progress) {
    if (options_.events.running) options_.events.running(progress);
    curve_.assign(progress.curve.begin(), progress.curve.end());
    if (stopping(options_)) return "interrupted";
    if (hopeless_beyond_ && progress.energy > *hopeless_beyond_) {
      return fmt::format(
          "hopeless: it has used {:.4g} J, and the best known run needs less than {:.4g} J",
          progress.energy.in_joules(), hopeless_beyond_->in_joules());
    }
    if (!quality_watch_) return std::nullopt;
    if (auto hopeless = quality_watch_->look(progress.curve)) {
      foretold_quality_ = hopeless->foretold.value;
      return std::move(hopeless->reason);
    }
    return std::nullopt;
  }

  Result<void> keep(const Trial& trial, const pipeline::Outcome& outcome) {
    auto trials = store_.trials(id_);
    if (!trials) return tl::unexpected(trials.error());
    std::erase_if(*trials, [&](const Trial& other) { return !other.outcome; });
    Trial done = trial;
    done.outcome = outcome;
    done.provenance = study::provenance_of(study_.file.parent_path());
    note_rejection(done, study_, *trials);
    const bool stopped = outcome.ending == pipeline::Ending::stopped;
    if (stopped && foretold_quality_) note_foretold_quality(done, *foretold_quality_);
    const auto came = outcome.metric(study_.quality.metric);
    if (outcome.ending == pipeline::Ending::completed && came) {
      if (const auto gap = curve_gap(study_.quality.metric, *came, curve_)) {
        note_curve_gap(done, *gap);
      }
    }
    trials->push_back(done);
    const Recommendation recommendation = tuner_.after(*trials).interim_recommendation();
    note_recommendation(done, recommendation);
    const auto kept = store_.finish(id_, trial.number, outcome, done.provenance);
    if (kept && options_.events.finished) options_.events.finished(done, recommendation);
    return kept;
  }

  const study::StudyFile& study_;
  study::Store& store_;
  std::int64_t id_;
  const Tuner& tuner_;
  pipeline::Pipeline& pipeline_;
  const SessionOptions& options_;
  std::string reason_;
  std::vector<std::int64_t> running_;             ///< trials of all workers, ascending
  std::optional<units::Energy> hopeless_beyond_;  ///< of the trial at hand, as the three below
  std::optional<QualityWatch> quality_watch_;
  std::optional<double> foretold_quality_;
  std::vector<pipeline::MetricPoint> curve_;
};

}  // namespace

Result<SessionEnd> run_session(const study::StudyFile& study, study::Store& store,
                               std::int64_t study_id, const Tuner& tuner,
                               pipeline::Pipeline& pipeline, const SessionOptions& options) {
  return Session(study, store, study_id, tuner, pipeline, options).run();
}

Result<std::string> end_reason(const study::Store& store, std::int64_t study_id,
                               const Tuner& tuner) {
  const auto trials = store.trials(study_id);
  if (!trials) return tl::unexpected(trials.error());
  return with_elsewhere(tuner.after(*trials).next().reason, running_among(*trials));
}

}  // namespace turngreen::explore
