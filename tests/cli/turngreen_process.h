#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "report/scratch_directory.h"

namespace turngreen::cli {

/// What a run of the program gave.
struct Finished {
  int status = -1;  ///< exit status; below 0: the signal that ended it
  std::string out;
  std::string err;
};

/// The program, started as a user does. Killed at the end if nobody waited for it.
class TurngreenProcess {
 public:
  explicit TurngreenProcess(std::vector<std::string> arguments, std::string standard_output = {})
      : elsewhere_(std::move(standard_output)) {
    const std::string out = elsewhere_.empty() ? (scratch_ / "out").string() : elsewhere_;
    const std::string err = (scratch_ / "err").string();
    arguments.insert(arguments.begin(), TURNGREEN_PROGRAM);
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
      ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
      ::execv(argv[0], argv.data());
      ::_exit(126);
    }
  }
  TurngreenProcess(const TurngreenProcess&) = delete;
  TurngreenProcess& operator=(const TurngreenProcess&) = delete;
  ~TurngreenProcess() {
    if (child_ <= 0) return;
    send(SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

  void send(int signal) const { ::kill(child_, signal); }

  Finished wait() {
    int status = 0;
    ::waitpid(std::exchange(child_, -1), &status, 0);
    Finished finished;
    finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    if (elsewhere_.empty()) finished.out = report::content_of(scratch_ / "out");
    finished.err = report::content_of(scratch_ / "err");
    return finished;
  }

 private:
  report::ScratchDirectory scratch_;
  std::string elsewhere_;
  pid_t child_ = -1;
};

/// Runs the program as a user does, and waits for it.
inline Finished run_turngreen(std::vector<std::string> arguments,
                              const std::string& standard_output = {}) {
  return TurngreenProcess(std::move(arguments), standard_output).wait();
}

}  // namespace turngreen::cli
