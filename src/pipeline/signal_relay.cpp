#include "signal_relay.h"

#include <fmt/format.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "turngreen/energy/process_tree.h"

namespace turngreen::pipeline {
namespace {

constexpr int kPassedOn[] = {SIGINT,  SIGTERM,  SIGHUP,  SIGQUIT, SIGUSR1,
                             SIGUSR2, SIGWINCH, SIGCONT, SIGTSTP};

bool descends_from(pid_t process, pid_t ancestor) {
  constexpr int kDeepest = 64;
  for (int depth = 0; depth < kDeepest && process > 1; ++depth) {
    if (process == ancestor) return true;
    const auto stat = energy::read_process_stat(process);
    if (!stat) return false;
    process = stat->parent;
  }
  return false;
}

// Sent by a process, and not by the command to its whole group (kill 0): that has reached it
// already.
bool is_for_the_child(const signalfd_siginfo& info, pid_t child) {
  if (info.ssi_code > 0) return false;
  return !descends_from(static_cast<pid_t>(info.ssi_pid), child);
}

// Lets the default action have its way: a stop, unless the process group is orphaned.
void stop_with_the_terminal() {
  sigset_t stop;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, SIGTSTP);
  ::raise(SIGTSTP);
  ::pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
  ::pthread_sigmask(SIG_BLOCK, &stop, nullptr);
}

}  // namespace

Result<SignalRelay> SignalRelay::open() {
  SignalRelay relay;
  sigset_t passed_on;
  ::sigemptyset(&passed_on);
  for (const int signal : kPassedOn) ::sigaddset(&passed_on, signal);
  relay.signals_ = Descriptor(::signalfd(-1, &passed_on, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!relay.signals_.is_open()) {
    return fail(Error::Kind::io,
                fmt::format("signals cannot be passed on: signalfd: {}", std::strerror(errno)));
  }
  ::pthread_sigmask(SIG_BLOCK, &passed_on, &relay.before_);
  return relay;
}

SignalRelay::SignalRelay(SignalRelay&& other) noexcept
    : signals_(std::move(other.signals_)), before_(other.before_) {}

SignalRelay::~SignalRelay() {
  if (!signals_.is_open()) return;
  // The signal that ended the command may not have been taken yet; let in now, it would end us
  // before we could say anything.
  signalfd_siginfo info{};
  while (::read(signals_.number(), &info, sizeof info) == sizeof info) continue;
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void SignalRelay::pass_on(const ChildProcess& child) const {
  signalfd_siginfo info{};
  while (::read(signals_.number(), &info, sizeof info) == sizeof info) {
    const int signal = static_cast<int>(info.ssi_signo);
    if (is_for_the_child(info, child.id())) child.send(signal);
    if (signal == SIGTSTP) stop_with_the_terminal();
  }
}

}  // namespace turngreen::pipeline
