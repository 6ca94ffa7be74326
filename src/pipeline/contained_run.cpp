#include "contained_run.h"

#include <utility>

#include "measured_run.h"
#include "output_capture.h"
#include "run_guard.h"

namespace turngreen::pipeline {

Result<ContainedRun> run_contained(const CommandRunOptions& options,
                                   const Containment& containment) {
  auto guard = RunGuard::prepare(containment, options.places.proc);
  if (!guard) return tl::unexpected(std::move(guard.error()));
  auto measured = run_measured(options, containment.environment, &*guard);
  guard->output().finish();
  if (!measured) return tl::unexpected(std::move(measured.error()));

  ContainedRun run;
  run.measurement = *std::move(measured);
  run.cut = guard->cut();
  run.stop_reason = guard->stop_reason();
  run.out_of_memory = guard->out_of_memory();
  run.output_bytes = guard->output().bytes();
  run.output_tail = guard->output().tail(kMostTail);
  return run;
}

}  // namespace turngreen::pipeline
