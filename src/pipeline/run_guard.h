#pragma once

#include <functional>
#include <optional>
#include <string>

#include "child_process.h"
#include "contained_run.h"
#include "memory_limit.h"
#include "output_capture.h"
#include "subreaper.h"
#include "turngreen/energy/instant.h"

namespace turngreen::pipeline {

/// Sees to it that a contained run stays within its bounds and leaves nothing behind: SIGTERM to
/// all its processes when it has to end, SIGKILL after the grace.
class RunGuard {
 public:
  /// `containment` must outlive this.
  static Result<RunGuard> prepare(const Containment& containment,
                                  const std::filesystem::path& proc);

  void equip(ChildStart& how) const;
  void started(const ChildProcess& child, energy::Instant start);

  OutputCapture& output() { return output_; }
  /// When there is something to do at the latest.
  energy::Instant wake() const { return wake_; }
  /// Ends the run if it is time. `progress` is called only where somebody wants to know.
  void tend(energy::Instant now, const ChildProcess& child, const Subreaper& subreaper,
            const std::function<RunProgress()>& progress);
  /// Kills whom the command left behind; tries for two seconds. `reap` waits for those that ended.
  void end_survivors(const Subreaper& subreaper, const std::function<void()>& reap) const;

  ContainedRun::Cut cut() const { return cut_; }
  const std::string& stop_reason() const { return stop_reason_; }
  bool out_of_memory() const { return memory_.exceeded(); }

 private:
  RunGuard(const Containment& containment, OutputCapture output, MemoryLimit memory);
  void ask_to_end(energy::Instant now, const ChildProcess& child, const Subreaper& subreaper);

  const Containment* containment_;
  OutputCapture output_;
  MemoryLimit memory_;
  std::optional<energy::Instant> deadline_;
  energy::Instant next_watch_;
  std::optional<energy::Instant> next_kill_;  ///< set: it was asked to end
  energy::Instant wake_;
  ContainedRun::Cut cut_ = ContainedRun::Cut::none;
  std::string stop_reason_;
};

}  // namespace turngreen::pipeline
