#include "stop_signal.h"

namespace turngreen::engine {
namespace {

constexpr std::array kEnding{SIGINT, SIGTERM};

// A signal handler reaches nothing but what has static storage.
std::atomic<bool> stop_asked = false;
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int signal) {
  stop_asked = true;
  ::signal(signal, SIG_DFL);
}

}  // namespace

StopSignal::StopSignal() {
  stop_asked = false;
  struct sigaction action = {};
  action.sa_handler = ask_to_stop;
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < kEnding.size(); ++i) ::sigaction(kEnding[i], &action, &before_[i]);
}

StopSignal::~StopSignal() {
  for (std::size_t i = 0; i < kEnding.size(); ++i) ::sigaction(kEnding[i], &before_[i], nullptr);
}

const std::atomic<bool>& StopSignal::flag() const { return stop_asked; }

}  // namespace turngreen::engine
