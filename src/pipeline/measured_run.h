#pragma once

#include <string>
#include <vector>

#include "turngreen/pipeline/command_run.h"

namespace turngreen::pipeline {

class RunGuard;

/// run_command, with variables ("NAME=value") in place of ours of that name; with a guard the
/// command is contained instead of sharing our terminal and signals. `guard` may be null.
Result<Measurement> run_measured(const CommandRunOptions& options,
                                 const std::vector<std::string>& variables, RunGuard* guard);

}  // namespace turngreen::pipeline
