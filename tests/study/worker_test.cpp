#include "study/worker.h"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <string>

namespace turngreen::study {
namespace {

/// A child that waits to be killed.
class Child {
 public:
  Child() : pid_(::fork()) {
    if (pid_ == 0) {
      ::pause();
      ::_exit(0);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    kill();
    wait();
  }
  void kill() const {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
  }
  /// Until it has died, without taking its entry away.
  void await_death() const {
    siginfo_t info{};
    ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT);
  }
  void wait() {
    if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

/// The child's identity, as it would tell it itself.
Worker worker_of(const Child& child) {
  Worker worker = this_worker().value();
  worker.pid = std::to_string(child.pid());
  std::string line;
  std::getline(std::ifstream("/proc/" + worker.pid + "/stat"), line);
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  for (int i = 0; i < 20; ++i) fields >> worker.start;
  return worker;
}

TEST(Worker, this_process_lives_and_its_text_is_read_back) {
  const Worker me = this_worker().value();
  EXPECT_EQ(me.pid, std::to_string(::getpid()));
  EXPECT_FALSE(me.boot.empty());
  EXPECT_EQ(Worker::parse(me.text()).value().text(), me.text());
  EXPECT_FALSE(is_dead(me, me));
}

TEST(Worker, a_text_with_too_few_or_too_many_fields_is_none) {
  EXPECT_FALSE(Worker::parse("").has_value());
  EXPECT_FALSE(Worker::parse("host:1:2:3").has_value());
  EXPECT_FALSE(Worker::parse("host:1:2:3:4:5").has_value());
}

TEST(Worker, a_process_is_dead_once_it_was_killed_waited_for_or_not) {
  const Worker me = this_worker().value();
  Child child;
  const Worker other = worker_of(child);
  EXPECT_FALSE(is_dead(other, me));
  child.kill();
  child.await_death();
  EXPECT_TRUE(is_dead(other, me));
  child.wait();
  EXPECT_TRUE(is_dead(other, me));
}

TEST(Worker, another_process_with_a_number_used_again_does_not_keep_the_dead_alive) {
  const Worker me = this_worker().value();
  Worker earlier = me;
  earlier.start = "1";
  EXPECT_TRUE(is_dead(earlier, me));
}

TEST(Worker, one_of_an_earlier_boot_is_dead) {
  const Worker me = this_worker().value();
  Worker earlier = me;
  earlier.boot = "00000000-0000-0000-0000-000000000000";
  EXPECT_TRUE(is_dead(earlier, me));
}

TEST(Worker, nothing_is_told_of_another_host_or_another_process_namespace) {
  const Worker me = this_worker().value();
  Worker elsewhere = me;
  elsewhere.host += "-2";
  elsewhere.boot = "other";
  EXPECT_FALSE(is_dead(elsewhere, me));
  EXPECT_FALSE(can_be_judged(elsewhere, me));
  Worker contained = me;
  contained.processes = "1";
  contained.start = "1";
  EXPECT_FALSE(is_dead(contained, me));
  EXPECT_FALSE(can_be_judged(contained, me));
  EXPECT_TRUE(can_be_judged(me, me));
}

TEST(Worker, without_proc_there_is_an_error_that_says_why_it_is_needed) {
  EXPECT_THAT(this_worker("/nonexistent").error().message, testing::HasSubstr("mount /proc"));
}

}  // namespace
}  // namespace turngreen::study
