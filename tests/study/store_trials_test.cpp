#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <stdexcept>

#include "report/scratch_directory.h"
#include "study/sample_study.h"
#include "study/sqlite_connection.h"
#include "turngreen/study/store.h"

namespace turngreen::study {
namespace {

using testing::HasSubstr;
using Trials = std::vector<Trial>;

class StoreTrials : public testing::Test {
 protected:
  StoreTrials() {
    study_ = store_.open_study("a", sample_space(), 7, "name: a\n", "s.yaml").value().id;
  }
  std::filesystem::path file() const { return scratch_ / "turngreen.db"; }
  Trial claim(std::vector<knobs::Level> levels = {1, 2}) {
    return store_.claim(study_, [&](const Trials&) { return assignment(levels, 1ULL << 63); })
        .value()
        .value();
  }
  Trials trials() const { return store_.trials(study_).value(); }

  report::ScratchDirectory scratch_;
  Store store_ = Store::open(file()).value();
  std::int64_t study_ = 0;
};

TEST_F(StoreTrials, a_claimed_trial_is_running_in_this_process) {
  const Trial claimed = claim();
  EXPECT_EQ(claimed.number, 1);
  const auto all = trials();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].assignment, claimed.assignment);
  EXPECT_EQ(all[0].outcome.has_value(), false);
  EXPECT_EQ(all[0].finish_order, 0);
  EXPECT_GT(all[0].started_unix_ns, 0);
  EXPECT_THAT(all[0].worker, HasSubstr(":" + std::to_string(::getpid()) + ":"));
}

TEST_F(StoreTrials, a_finished_trial_is_read_back_with_everything) {
  const Trial claimed = claim();
  ASSERT_TRUE(store_.finish(study_, claimed.number, sample_outcome(), sample_provenance()));
  const Trial found = trials().at(0);
  EXPECT_EQ(found.assignment.seed, 1ULL << 63);
  EXPECT_EQ(found.outcome->energy, sample_outcome().energy);
  EXPECT_EQ(found.outcome->output_tail, sample_outcome().output_tail);
  EXPECT_EQ(found.provenance, sample_provenance());
  EXPECT_EQ(found.finish_order, 1);
  EXPECT_GE(found.finished_unix_ns, found.started_unix_ns);
}

TEST_F(StoreTrials, finished_ones_come_in_the_order_they_finished_then_running_ones) {
  for (int i = 0; i < 4; ++i) claim();
  ASSERT_TRUE(store_.finish(study_, 3, sample_outcome(), {}));
  ASSERT_TRUE(store_.finish(study_, 1, failed_outcome(), {}));
  std::vector<std::int64_t> numbers;
  for (const auto& trial : trials()) numbers.push_back(trial.number);
  EXPECT_THAT(numbers, testing::ElementsAre(3, 1, 2, 4));
}

TEST_F(StoreTrials, the_choice_sees_all_trials_so_far) {
  claim();
  claim();
  ASSERT_TRUE(store_.finish(study_, 2, sample_outcome(), {}));
  std::size_t seen = 0;
  const auto nothing = store_.claim(study_, [&](const Trials& all) {
    seen = all.size();
    return std::nullopt;
  });
  EXPECT_EQ(nothing.value(), std::nullopt);
  EXPECT_EQ(seen, 2u);
  EXPECT_EQ(trials().size(), 2u);
}

TEST_F(StoreTrials, a_choice_that_throws_leaves_the_store_unlocked_and_unchanged) {
  EXPECT_THROW((void)store_.claim(study_,
                                  [](const Trials&) -> std::optional<Assignment> {
                                    throw std::runtime_error("no idea");
                                  }),
               std::runtime_error);
  EXPECT_EQ(claim().number, 1);
}

TEST_F(StoreTrials, no_trial_finishes_twice) {
  claim();
  ASSERT_TRUE(store_.finish(study_, 1, sample_outcome(10), {}));
  EXPECT_THAT(store_.finish(study_, 1, sample_outcome(20), {}).error().message,
              HasSubstr("trial 1 is not running"));
  EXPECT_EQ(trials().at(0).outcome->energy, about(10));
}

TEST_F(StoreTrials, one_that_was_given_back_is_gone_and_its_number_is_not_given_again) {
  claim();
  ASSERT_TRUE(store_.give_back(study_, 1));
  EXPECT_TRUE(trials().empty());
  EXPECT_EQ(claim().number, 2);
  ASSERT_TRUE(store_.finish(study_, 2, sample_outcome(), {}));
  EXPECT_FALSE(store_.give_back(study_, 2).has_value());
  EXPECT_EQ(trials().size(), 1u);
}

TEST_F(StoreTrials, the_trial_of_a_killed_worker_is_returned_and_those_of_the_living_are_not) {
  claim();
  const pid_t child = ::fork();
  if (child == 0) {
    auto store = Store::open(file()).value();
    (void)store.claim(study_, [](const Trials&) { return assignment({0, 1}); });
    (void)store.claim(study_, [](const Trials&) { return assignment({0, 2}); });
    (void)store.finish(study_, 2, sample_outcome(), {});
    ::kill(::getpid(), SIGKILL);
  }
  ::waitpid(child, nullptr, 0);
  ASSERT_EQ(trials().size(), 3u);
  EXPECT_EQ(store_.return_abandoned(study_).value(), 1u);
  const auto left = trials();
  ASSERT_EQ(left.size(), 2u);
  EXPECT_EQ(left[0].number, 2);
  EXPECT_EQ(left[1].number, 1);
  EXPECT_EQ(store_.return_abandoned(study_).value(), 0u);
}

TEST_F(StoreTrials, workers_in_several_processes_never_take_the_same) {
  constexpr int kWorkers = 4;
  constexpr std::size_t kTrials = 40;
  for (int i = 0; i < kWorkers; ++i) {
    if (::fork() != 0) continue;
    auto store = Store::open(file()).value();
    while (true) {
      const auto taken = store.claim(study_, [](const Trials& all) -> std::optional<Assignment> {
        if (all.size() >= kTrials) return std::nullopt;
        return assignment({static_cast<knobs::Level>(all.size()), 0});
      });
      if (!taken || !*taken) ::_exit(taken ? 0 : 1);
      if (!store.finish(study_, (*taken)->number, sample_outcome(), {})) ::_exit(1);
    }
  }
  for (int i = 0; i < kWorkers; ++i) {
    int status = 0;
    ::wait(&status);
    EXPECT_EQ(status, 0);
  }
  std::set<knobs::Configuration> configurations;
  std::set<std::int64_t> numbers;
  std::set<std::int64_t> orders;
  for (const auto& trial : trials()) {
    configurations.insert(trial.assignment.configuration);
    numbers.insert(trial.number);
    orders.insert(trial.finish_order);
  }
  EXPECT_EQ(configurations.size(), kTrials);
  EXPECT_EQ(numbers.size(), kTrials);
  EXPECT_EQ(*orders.rbegin(), static_cast<std::int64_t>(kTrials));
}

TEST_F(StoreTrials, those_running_elsewhere_are_told_from_those_that_can_be_judged) {
  claim();
  claim();
  claim();
  ASSERT_TRUE(store_.finish(study_, 3, sample_outcome(), {}));
  SqliteConnection(file(), units::seconds(10))
      .execute("UPDATE trial SET worker = 'elsewhere:1:1:1:1' WHERE number > 1");
  EXPECT_EQ(store_.running_elsewhere(study_).value(), std::vector<std::int64_t>{2});
}

TEST_F(StoreTrials, an_imported_trial_gets_the_next_number_and_the_last_place) {
  claim();
  Trial other;
  other.number = 77;
  other.finish_order = 12;
  other.assignment = assignment({0, 1}, 3);
  other.outcome = sample_outcome();
  other.provenance = sample_provenance();
  other.worker = "elsewhere:1:1:1:1";
  other.started_unix_ns = 5;
  other.finished_unix_ns = 6;
  ASSERT_TRUE(store_.import(study_, other));
  const Trial found = trials().at(0);
  EXPECT_EQ(found.number, 2);
  EXPECT_EQ(found.finish_order, 1);
  EXPECT_EQ(found.worker, other.worker);
  EXPECT_EQ(found.started_unix_ns, 5);
  EXPECT_EQ(found.finished_unix_ns, 6);
  EXPECT_EQ(found.provenance, other.provenance);
  EXPECT_FALSE(store_.import(study_, Trial()).has_value());
}

TEST_F(StoreTrials, a_write_that_fails_loses_nothing_that_was_finished) {
  claim();
  claim();
  ASSERT_TRUE(store_.finish(study_, 1, sample_outcome(), {}));
  // As if the disk were full: no file may grow any further.
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit none{1024, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  const auto failed = store_.finish(study_, 2, sample_outcome(), {});
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().kind, Error::Kind::io);
  EXPECT_THAT(failed.error().message, HasSubstr("what was finished before is kept"));
  ASSERT_EQ(trials().size(), 2u);
  EXPECT_TRUE(trials()[0].outcome.has_value());
  EXPECT_TRUE(store_.finish(study_, 2, sample_outcome(), {}).has_value());
}

}  // namespace
}  // namespace turngreen::study
