#include "turngreen/explore/session.h"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "turngreen/explore/trial_notes.h"
#include "turngreen/study/machine_lock.h"
#include "turngreen/study/provenance.h"

namespace turngreen::explore {
namespace {

using study::Trial;

constexpr auto kPollOthers = std::chrono::milliseconds(20);
bool stopping(const SessionOptions& options) { return options.stop && options.stop->load(); }

bool any_running(const std::vector<Trial>& trials) {
  for (const auto& trial : trials) {
    if (!trial.outcome) return true;
  }
  return false;
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
        // Another worker's result may open the way again.
        if (!others_running_) return SessionEnd{false, reason_};
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
      others_running_ = any_running(trials);
      const Outlook outlook = tuner_.after(trials);
      Step step = outlook.next();
      reason_ = std::move(step.reason);
      if (step.assignment) hopeless_beyond_ = outlook.hopeless_beyond(*step.assignment);
      return step.assignment;
    });
  }

  Result<void> work(const Trial& trial) {
    if (options_.events.started) options_.events.started(trial, reason_);
    pipeline::RunRequest request;
    request.configuration = trial.assignment.configuration;
    request.fidelity = trial.assignment.fidelity;
    request.seed = trial.assignment.seed;
    request.directory = options_.trials_directory / fmt::format("{}", trial.number);
    request.watch = [this](const pipeline::RunProgress& progress) { return watch(progress); };
    std::optional<study::MachineLock> lock;
    if (pipeline_.measures() && !options_.overlap) {
      auto acquired = study::MachineLock::acquire([] {});
      if (!acquired) return tl::unexpected(acquired.error());
      lock.emplace(std::move(*acquired));
    }
    const pipeline::Outcome outcome = pipeline_.run(request);
    lock.reset();
    if (stopping(options_)) return store_.give_back(id_, trial.number);
    return keep(trial, outcome);
  }

  std::optional<std::string> watch(const pipeline::RunProgress& progress) const {
    if (options_.events.running) options_.events.running(progress);
    if (stopping(options_)) return "interrupted";
    if (hopeless_beyond_ && progress.energy > *hopeless_beyond_) {
      return fmt::format(
          "hopeless: it has used {:.4g} J, and the best known run needs less than {:.4g} J",
          progress.energy.in_joules(), hopeless_beyond_->in_joules());
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
  bool others_running_ = false;
  std::optional<units::Energy> hopeless_beyond_;
};

}  // namespace

Result<SessionEnd> run_session(const study::StudyFile& study, study::Store& store,
                               std::int64_t study_id, const Tuner& tuner,
                               pipeline::Pipeline& pipeline, const SessionOptions& options) {
  return Session(study, store, study_id, tuner, pipeline, options).run();
}

}  // namespace turngreen::explore
