#pragma once

#include <filesystem>

#include "turngreen/study/trial.h"

namespace turngreen::study {

/// What can be told of this machine, this program and the working directory: machine, processor,
/// kernel, version, git commit of `directory` and whether it has changes, and the environment
/// variables that are known to change results or speed (threads, visible GPUs, allocators, seeds).
/// Reads files only; starts no process, so it can be called while a trial is measured.
Provenance provenance_of(const std::filesystem::path& directory);

}  // namespace turngreen::study
