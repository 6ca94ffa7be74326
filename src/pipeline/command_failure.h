#pragma once

#include <optional>
#include <string>

#include "contained_run.h"

namespace turngreen::pipeline {

/// Why a run counts as failed, in one sentence: timeout, out of memory, signal, exit status.
/// Absent: it ended as it should, or was stopped on purpose.
std::optional<std::string> command_failure(const ContainedRun& run, const Containment& containment);

}  // namespace turngreen::pipeline
