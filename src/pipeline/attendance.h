#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "child_process.h"
#include "run_channel.h"
#include "run_guard.h"
#include "run_transcript.h"
#include "signal_relay.h"
#include "subreaper.h"
#include "turngreen/energy/meter.h"
#include "turngreen/energy/process_share.h"
#include "turngreen/energy/tree_share.h"
#include "turngreen/pipeline/command_run.h"

namespace turngreen::pipeline {

/// The share of the command's process tree, Scope::process only.
struct Sharing {
  std::optional<energy::ProcessShare> cpu;
  std::vector<energy::Domain> domains;
  std::optional<energy::TreeShare> tree;
};

/// What goes on while the command runs.
class Attendance {
 public:
  Attendance(const CommandRunOptions& options, energy::Meter& meter, energy::Instant start)
      : options_(options), meter_(meter), start_(start), transcript_(meter, start) {}

  /// Listens, passes signals on (`relay` may be null) and shows live numbers until the child has
  /// ended.
  void until_end_of(const ChildProcess& child, RunChannel& channel, const SignalRelay* relay);
  /// Notes the end of one or more processes of the tree.
  void count(const ResourceUse& ended);
  /// Takes the last that was told; the command ended at `end`. To be called before the meter's
  /// finish.
  void finish(RunChannel& channel, energy::Instant end, Measurement& measurement);

  Subreaper& subreaper() { return subreaper_; }
  Sharing* sharing = nullptr;
  RunGuard* guard = nullptr;

 private:
  RunChannel::Receiver receiver();
  void tend_guard(energy::Instant now, const ChildProcess& child);
  std::size_t settled_survivors();

  const CommandRunOptions& options_;
  energy::Meter& meter_;
  energy::Instant start_;
  RunTranscript transcript_;
  Subreaper subreaper_;
  ResourceUse used_;
};

}  // namespace turngreen::pipeline
