#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "energy/fake_sysfs.h"
#include "pipeline/child_process.h"

namespace turngreen::pipeline {

inline ChildStart starting(std::vector<std::string> command) {
  ChildStart how;
  how.command = std::move(command);
  how.environment = {"PATH=/usr/bin:/bin", "GREETING=hello"};
  ::sigemptyset(&how.signal_mask);
  return how;
}

inline ChildStart shell(const std::string& script) { return starting({"sh", "-c", script}); }

inline ChildEnd run(const ChildStart& how) {
  auto child = ChildProcess::start(how);
  if (!child) throw std::runtime_error(child.error().message);
  return child->wait().value();
}

/// The signals of a program that has just been started, as /proc/PID/status shows them. (A shell
/// would have changed them.)
inline std::string status_at_start(const sigset_t& mask, bool ignores_child_signal) {
  const energy::FakeSysfs folder;
  const auto copy = folder.root() / "status";
  ChildStart how = starting({"cp", "/proc/self/status", copy.string()});
  how.signal_mask = mask;
  how.ignores_child_signal = ignores_child_signal;
  EXPECT_EQ(run(how).exit_status, 0);
  std::ifstream file(copy);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// "SigIgn", "SigBlk" or "SigCgt" of such a status as bits, signal 1 the lowest.
inline std::uint64_t signals_of(const std::string& status, const std::string& set) {
  const std::size_t line = status.find(set + ":\t");
  if (line == std::string::npos) throw std::runtime_error("no " + set + " in " + status);
  return std::stoull(status.substr(line + set.size() + 2), nullptr, 16);
}

/// The signals that this process ignores, those that whoever started it had ignored among them.
inline std::uint64_t ignored_here() {
  std::ifstream file("/proc/self/status");
  return signals_of({std::istreambuf_iterator<char>(file), {}}, "SigIgn");
}

/// What the child writes to the descriptor that stays open for it.
class Ear {
 public:
  Ear() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
    reader_ = Descriptor(ends[0]);
    writer_ = Descriptor(ends[1]);
  }
  int writer() const { return writer_.number(); }
  std::string to_end() {
    writer_.close();
    std::string text;
    std::array<char, 4096> buffer;
    for (ssize_t size = 0; (size = ::read(reader_.number(), buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }
  /// Waits for one byte.
  void hear() {
    char byte = 0;
    ASSERT_EQ(::read(reader_.number(), &byte, 1), 1);
  }

 private:
  Descriptor reader_, writer_;
};

}  // namespace turngreen::pipeline
