#include "tune_workers.h"

#include <fmt/format.h>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

namespace turngreen::cli {

Result<TuneWorkers> TuneWorkers::start(std::size_t count, const std::function<int()>& work) {
  TuneWorkers workers;
  const pid_t parent = ::getpid();
  for (std::size_t i = 0; i < count; ++i) {
    const pid_t id = ::fork();
    if (id < 0) {
      const int error = errno;
      workers.ask_to_end();
      workers.wait(false, [] {});
      return fail(Error::Kind::io, fmt::format("worker {} of {} could not be started: {}", i + 1,
                                               count, std::strerror(error)));
    }
    if (id == 0) {
      ::prctl(PR_SET_PDEATHSIG, SIGTERM);
      // The parent may have died before that.
      if (::getppid() != parent) ::_exit(1);
      ::_exit(work());
    }
    workers.ids_.push_back(id);
  }
  return workers;
}

void TuneWorkers::ask_to_end() const {
  for (const pid_t id : ids_) ::kill(id, SIGTERM);
}

int TuneWorkers::wait(const std::atomic<bool>& stop, const std::function<void()>& meanwhile) {
  int worst = 0;
  bool asked = false;
  while (!ids_.empty()) {
    std::erase_if(ids_, [&](pid_t id) {
      int status = 0;
      if (::waitpid(id, &status, WNOHANG) != id) return false;
      worst = std::max(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 1);
      return true;
    });
    if (ids_.empty()) break;
    if (stop && !asked) {
      ask_to_end();
      asked = true;
    }
    meanwhile();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return worst;
}

}  // namespace turngreen::cli
