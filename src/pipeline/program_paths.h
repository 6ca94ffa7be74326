#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace turngreen::pipeline {

/// The files to try for a program's name, in order: itself where it holds a slash, else one per
/// folder of `path` (the PATH variable; an empty folder is the current one).
std::vector<std::string> program_paths(std::string_view program, std::string_view path);

/// Why none of them could be executed, given the errno that execve left, in words a user can act
/// on.
std::string explain_exec_error(const std::string& program, const std::vector<std::string>& paths,
                               int error);

}  // namespace turngreen::pipeline
