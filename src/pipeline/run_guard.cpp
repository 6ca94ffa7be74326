#include "run_guard.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <limits>
#include <thread>
#include <utility>

namespace turngreen::pipeline {
namespace {

using energy::Instant;

constexpr units::Duration kKillPeriod = units::milliseconds(100);
constexpr units::Duration kPatience = units::seconds(2);
constexpr Instant kNever = Instant::from_nanoseconds(std::numeric_limits<std::int64_t>::max());

void kill_each(const std::vector<pid_t>& processes) {
  for (const pid_t process : processes) ::kill(process, SIGKILL);
}

}  // namespace

Result<RunGuard> RunGuard::prepare(const Containment& containment,
                                   const std::filesystem::path& proc) {
  auto output = OutputCapture::open(containment.output_log, containment.output_line);
  if (!output) return tl::unexpected(std::move(output.error()));
  return RunGuard(containment, *std::move(output),
                  MemoryLimit::prepare(containment.memory_bytes, "/sys/fs/cgroup", proc));
}

RunGuard::RunGuard(const Containment& containment, OutputCapture output, MemoryLimit memory)
    : containment_(&containment), output_(std::move(output)), memory_(std::move(memory)) {}

void RunGuard::equip(ChildStart& how) const {
  how.seclusion =
      Seclusion{containment_->directory, output_.child_end(), memory_.address_space_bytes()};
  if (!how.cgroup_directory) how.cgroup_directory = memory_.cgroup_directory();
  ::sigemptyset(&how.signal_mask);
}

void RunGuard::started(const ChildProcess& child, Instant start) {
  output_.close_child_end();
  memory_.hold(child.id());
  if (containment_->timeout) deadline_ = start + *containment_->timeout;
  next_watch_ = start + containment_->watch_period;
}

void RunGuard::tend(Instant now, const ChildProcess& child, const Subreaper& subreaper,
                    const std::function<RunProgress()>& progress) {
  if (next_kill_) {
    if (now >= *next_kill_) {
      ::kill(-child.id(), SIGKILL);
      memory_.kill_all();
      kill_each(subreaper.living(child.id()));
      next_kill_ = now + kKillPeriod;
    }
  } else if (deadline_ && now >= *deadline_) {
    cut_ = ContainedRun::Cut::timeout;
    ask_to_end(now, child, subreaper);
  } else if (containment_->watch && now >= next_watch_) {
    if (auto reason = containment_->watch(progress())) {
      cut_ = ContainedRun::Cut::stopped;
      stop_reason_ = std::move(*reason);
      ask_to_end(now, child, subreaper);
    }
    next_watch_ = now + containment_->watch_period;
  }
  wake_ = next_kill_.value_or(
      std::min(deadline_.value_or(kNever), containment_->watch ? next_watch_ : kNever));
}

void RunGuard::ask_to_end(Instant now, const ChildProcess& child, const Subreaper& subreaper) {
  ::kill(-child.id(), SIGTERM);
  for (const pid_t process : subreaper.living(child.id())) {
    if (::getpgid(process) != child.id()) ::kill(process, SIGTERM);
  }
  next_kill_ = now + containment_->grace;
}

void RunGuard::end_survivors(const Subreaper& subreaper, const std::function<void()>& reap) const {
  const Instant give_up = Instant::now() + kPatience;
  reap();
  while (subreaper.has_orphans() && Instant::now() < give_up) {
    memory_.kill_all();
    kill_each(subreaper.living());
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    reap();
  }
}

}  // namespace turngreen::pipeline
