#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "report/scratch_directory.h"

namespace turngreen::cli {

/// What a run of the program gave.
struct Finished {
  int status = -1;
  std::string out;
  std::string err;
};

/// Runs the program as a user does, and waits for it.
inline Finished run_turngreen(std::vector<std::string> arguments,
                              const std::string& standard_output = {}) {
  const report::ScratchDirectory scratch;
  const std::string out = standard_output.empty() ? (scratch / "out").string() : standard_output;
  const std::string err = (scratch / "err").string();
  arguments.insert(arguments.begin(), TURNGREEN_PROGRAM);
  std::vector<char*> argv;
  for (auto& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(126);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Finished finished;
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  if (standard_output.empty()) finished.out = report::content_of(out);
  finished.err = report::content_of(err);
  return finished;
}

}  // namespace turngreen::cli
