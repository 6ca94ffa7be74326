#pragma once

#include <csignal>

#include "child_process.h"
#include "descriptor.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// Takes the signals that people and programs send to a command while it lives, and passes them on
/// to the child. Those of the terminal reach the child by themselves, since it is in our process
/// group, and are not passed on twice. Blocks them in the calling thread; at the end what has
/// come by then is dropped and the mask is put back. Move-only.
class SignalRelay {
 public:
  static Result<SignalRelay> open();
  SignalRelay(SignalRelay&& other) noexcept;
  SignalRelay& operator=(SignalRelay&&) = delete;
  ~SignalRelay();

  /// Readable when a signal has come.
  int descriptor() const { return signals_.number(); }
  const sigset_t& mask_before() const { return before_; }
  /// Passes on what has come. At SIGTSTP this process stops too, as the shell that waits for it
  /// expects.
  void pass_on(const ChildProcess& child) const;

 private:
  SignalRelay() = default;
  Descriptor signals_;
  sigset_t before_{};
};

}  // namespace turngreen::pipeline
