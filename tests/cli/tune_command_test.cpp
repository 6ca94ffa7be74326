#include <gmock/gmock.h>
#include <poll.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <chrono>
#include <thread>

#include "cli/fake_machine.h"
#include "cli/study_folder.h"
#include "turngreen/study/machine_lock.h"
#include "turngreen/study/store.h"
#include "turngreen/study/study_file.h"

namespace turngreen::cli {
namespace {

using testing::HasSubstr;
using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(30);
constexpr auto kSoon = std::chrono::seconds(10);

/// A study of a script on a fake machine: of half a joule for each of its width, as fast as a
/// package may draw it, and the same quality. The counter is written in place, over as many digits,
/// and so never seen half-written. While the file "block" is there, a run of width=4 tells
/// that it has begun and then hangs.
class TuneCommand : public testing::Test {
 protected:
  TuneCommand() {
    machine_.add_package(1'000'000'000);
    report::write_file(folder_ / "work.sh",
                       "set -e\n"
                       "if test $1 = 4 && test -e block; then echo > begun; exec sleep 60; fi\n"
                       "if test -e $2/mark; then exit 9; fi\n"
                       "touch $2/mark\n"
                       "read -r spent < " +
                           machine_.energy_file() +
                           "\n"
                           "for half_a_joule in $(seq $1); do\n"
                           "  sleep 0.003\n"
                           "  spent=$((spent + 500000))\n"
                           "  echo $spent 1<>" +
                           machine_.energy_file() +
                           "\n"
                           "done\n"
                           "echo '{\"macro_f1\": 0.9}' > $2/metrics.json\n");
    report::write_file(folder_.file(),
                       "name: example\n"
                       "pipeline:\n"
                       "  command:\n"
                       "    run: [sh, work.sh, \"{width}\", \"{trial_dir}\"]\n"
                       "    metrics: \"{trial_dir}/metrics.json\"\n"
                       "    sampling_period: 1 ms\n"
                       "knobs:\n"
                       "  width: {values: [8, 4], off: 8, ordered: true, phase: model}\n"
                       "quality: {metric: macro_f1, max_drop: 0.05}\n"
                       "budget: {trials: 8}\n");
    EXPECT_EQ(::mkfifo((folder_ / "begun").c_str(), 0600), 0);
  }

  std::vector<std::string> arguments(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{folder_.file(), "--json", folder_.json_file()};
    all.insert(all.end(), more.begin(), more.end());
    // Without /proc no memory is estimated: the package is all there is.
    return machine_.arguments("tune", all, "/nonexistent");
  }
  /// Beside whatever else is measured on this machine now.
  Finished tune(std::vector<std::string> more = {}) const {
    more.emplace_back("--overlap");
    return run_turngreen(arguments(more));
  }
  void block() const { report::write_file(folder_ / "block", ""); }
  void unblock() const { std::filesystem::remove(folder_ / "block"); }
  /// Whether a run that hangs has begun.
  bool has_begun() const {
    const int pipe = ::open((folder_ / "begun").c_str(), O_RDWR | O_NONBLOCK);
    pollfd begun{pipe, POLLIN, 0};
    const int ready =
        ::poll(&begun, 1, static_cast<int>(std::chrono::milliseconds(kPatience).count()));
    ::close(pipe);
    return ready == 1;
  }
  study::Store store() const { return study::Store::open(folder_ / "turngreen.db").value(); }
  std::vector<study::Trial> trials() const {
    const auto opened = store();
    return opened.trials(opened.find_study("example").value().id).value();
  }

  FakeMachine machine_;
  StudyFolder folder_;
};

TEST_F(TuneCommand, is_measured_and_ends_with_a_command_that_can_be_run) {
  const Finished finished = tune();
  EXPECT_EQ(finished.status, 0) << finished.err << finished.out;
  EXPECT_EQ(folder_.result()["recommended"]["width"], 4);
  EXPECT_GT(folder_.result()["baseline_j"], 1);
  EXPECT_THAT(report::content_of(folder_ / "best.yaml"),
              HasSubstr("command: [\"sh\",\"work.sh\",\"4\""));
  EXPECT_THAT(report::content_of(folder_ / "trials/example/1/metrics.json"), HasSubstr("0.9"));
}

TEST_F(TuneCommand, a_restart_takes_no_file_of_earlier_trials_for_its_own) {
  const Finished first = tune();
  ASSERT_EQ(first.status, 0) << first.err << first.out;
  const Finished again = tune({"--restart"});
  EXPECT_EQ(again.status, 0) << again.err;
  const auto result = folder_.result();
  for (const auto& trial : result["trials"]) EXPECT_EQ(trial["status"], "completed");
  EXPECT_TRUE(std::filesystem::exists(folder_ / "trials/example/1.2/metrics.json"));
}

class TuneInterrupted : public TuneCommand, public testing::WithParamInterface<const char*> {};

TEST_P(TuneInterrupted, ends_soon_gives_the_running_trial_back_and_goes_on_when_called_again) {
  block();
  TurngreenProcess tuning(arguments({"--overlap", "--workers", GetParam()}));
  ASSERT_TRUE(has_begun());
  const auto before = Clock::now();
  tuning.send(SIGINT);
  const Finished interrupted = tuning.wait();
  EXPECT_LT(Clock::now() - before, kSoon);
  EXPECT_EQ(interrupted.status, 130) << interrupted.err;
  EXPECT_THAT(interrupted.err, HasSubstr("the same command goes on"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "best.yaml"));
  const auto kept = trials();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_TRUE(kept[0].outcome.has_value());

  unblock();
  const Finished finished = tune();
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("going on with study example: 1 trial, "));
  EXPECT_EQ(folder_.result()["trials"][0]["number"], 1);
}

INSTANTIATE_TEST_SUITE_P(, TuneInterrupted, testing::Values("1", "2"));

TEST_F(TuneCommand, waiting_for_another_measurement_of_the_machine_can_be_interrupted) {
  // Not held: then somebody else on this machine has it, which is as good.
  const auto lock = study::MachineLock::acquire_while([] { return false; });
  ASSERT_TRUE(lock.has_value());
  TurngreenProcess tuning(arguments());
  const auto until = Clock::now() + kPatience;
  bool claimed = false;
  while (!claimed && Clock::now() < until) {
    std::this_thread::yield();
    const auto opened = store();
    const auto study = opened.find_study("example");
    claimed = study && !opened.trials(study->id).value().empty();
  }
  ASSERT_TRUE(claimed);
  const auto before = Clock::now();
  tuning.send(SIGINT);
  EXPECT_EQ(tuning.wait().status, 130);
  EXPECT_LT(Clock::now() - before, kSoon);
  EXPECT_TRUE(trials().empty());
}

TEST(TuneElsewhere, a_trial_whose_worker_cannot_be_judged_is_not_waited_for) {
  const StudyFolder folder;
  const auto study = study::load_study_file(folder.file()).value();
  {
    auto store = study::Store::open(study.store).value();
    const auto record =
        store.open_study(study.name, study.space, 1, study.text, study.file).value();
    study::Assignment assignment;
    assignment.configuration = study.space.baseline();
    assignment.configuration.levels.back() = 2;
    ASSERT_TRUE(store.claim(record.id, [&](const auto&) { return assignment; }).value());
  }
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(study.store.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "UPDATE trial SET worker = 'elsewhere:1:1:1:1'", nullptr,
                         nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(database);

  for (const char* workers : {"1", "2"}) {
    const Finished finished = folder.tune({"--workers", workers});
    EXPECT_EQ(finished.status, 0) << finished.err;
    EXPECT_THAT(folder.result()["ended"].get<std::string>(),
                HasSubstr("trial 1 was taken by a worker on another host"));
  }
}

}  // namespace
}  // namespace turngreen::cli
