#include "turngreen/energy/process_share.h"

#include <unistd.h>

#include <algorithm>
#include <mutex>
#include <unordered_set>
#include <utility>
#include <vector>

#include "child_cgroup.h"
#include "proc_stat.h"
#include "turngreen/energy/process_tree.h"

namespace turngreen::energy {

using units::Duration;

struct ProcessShare::State {
  State(ProcStat opened, const std::filesystem::path& cgroup_root,
        const std::filesystem::path& where)
      : machine(std::move(opened)),
        proc(where),
        cgroup(ChildCgroup::make(cgroup_root, where)),
        not_of_the_tree(children_of(::getpid(), where)) {}

  std::vector<pid_t> processes() const;
  Duration walk(Duration& step) const;

  mutable std::mutex mutex;
  ProcStat machine;
  std::filesystem::path proc;
  std::optional<ChildCgroup> cgroup;
  bool watching = false;
  std::vector<pid_t> not_of_the_tree;  // our own children from before
  Duration ended;
  CpuTime last;
};

// The live tree: the root and the orphans that came to us, with all below them.
std::vector<pid_t> ProcessShare::State::processes() const {
  std::unordered_set<pid_t> seen(not_of_the_tree.begin(), not_of_the_tree.end());
  std::vector<pid_t> open = children_of(::getpid(), proc);
  std::vector<pid_t> found;
  while (!open.empty()) {
    const pid_t process = open.back();
    open.pop_back();
    if (!seen.insert(process).second) continue;
    const std::vector<pid_t> children = children_of(process, proc);
    open.insert(open.end(), children.begin(), children.end());
    found.push_back(process);
  }
  return found;
}

// Time moves from a process to its parent when that waits for it, so a walk may catch it at neither
// place for a moment; read() holds the maximum.
Duration ProcessShare::State::walk(Duration& step) const {
  std::uint64_t ticks = 0;
  std::int64_t counted = 0;
  for (const pid_t process : processes()) {
    if (const auto stat = read_process_stat(process, proc)) {
      ticks += stat->own_ticks + stat->waited_for_ticks;
      ++counted;
    }
  }
  // Each process has four sums, each cut to whole ticks.
  constexpr std::int64_t kSumsOfAProcess = 4;
  const std::int64_t tick = machine.tick().in_nanoseconds();
  step = units::nanoseconds(kSumsOfAProcess * counted * tick);
  return ended + units::nanoseconds(static_cast<std::int64_t>(ticks) * tick);
}

ProcessShare::ProcessShare(std::unique_ptr<State> state) : state_(std::move(state)) {}
ProcessShare::ProcessShare(ProcessShare&&) noexcept = default;
ProcessShare& ProcessShare::operator=(ProcessShare&&) noexcept = default;
ProcessShare::~ProcessShare() = default;

Result<ProcessShare> ProcessShare::prepare(const std::filesystem::path& cgroup_root,
                                           const std::filesystem::path& proc) {
  auto machine = ProcStat::open(proc);
  if (!machine) return tl::unexpected(machine.error());
  return ProcessShare(std::make_unique<State>(std::move(*machine), cgroup_root, proc));
}

ProcessShare::Basis ProcessShare::basis() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->cgroup ? Basis::cgroup : Basis::proc;
}

std::optional<int> ProcessShare::cgroup_directory() const {
  const std::scoped_lock lock(state_->mutex);
  if (!state_->cgroup) return std::nullopt;
  return state_->cgroup->directory();
}

void ProcessShare::watch(pid_t root) {
  const std::scoped_lock lock(state_->mutex);
  state_->watching = true;
  std::erase(state_->not_of_the_tree, root);
  if (state_->cgroup && !state_->cgroup->holds(root)) state_->cgroup.reset();
}

std::optional<CpuTime> ProcessShare::read() noexcept {
  const std::scoped_lock lock(state_->mutex);
  State& state = *state_;
  try {
    const auto machine = state.machine.busy();
    if (!machine) return std::nullopt;
    const auto cpus = static_cast<std::int64_t>(state.machine.logical_cpus());
    // The kernel charges a running thread at the latest on the next timer tick of its processor.
    const Duration charged_late = units::nanoseconds(state.machine.tick().in_nanoseconds() * cpus);
    Duration step = charged_late;
    std::optional<Duration> tree = Duration{};
    if (state.cgroup) {
      tree = state.cgroup->usage();
    } else if (state.watching) {
      tree = state.walk(step);
    }
    if (!tree) return std::nullopt;
    state.last = {std::max(state.last.tree, *tree), std::max(state.last.machine, *machine), step,
                  charged_late};
    return state.last;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::vector<pid_t> ProcessShare::pids() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->watching ? state_->processes() : std::vector<pid_t>{};
}

void ProcessShare::add_ended(Duration user_and_system) {
  const std::scoped_lock lock(state_->mutex);
  state_->ended += user_and_system;
}

}  // namespace turngreen::energy
