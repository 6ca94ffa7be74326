#include "command_failure.h"

#include <fmt/format.h>

#include <array>
#include <csignal>
#include <cstring>
#include <string_view>

#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

// How Python, C++, libc, PyTorch and the JVM say it.
constexpr std::array<std::string_view, 6> kMemoryWords{
    "MemoryError", "std::bad_alloc", "Cannot allocate memory",
    "OutOfMemory", "out of memory",  "can't allocate memory"};

std::optional<std::string_view> memory_words(std::string_view output) {
  for (const std::string_view words : kMemoryWords) {
    if (output.find(words) != std::string_view::npos) return words;
  }
  return std::nullopt;
}

std::string limit_of(const Containment& containment) {
  if (!containment.memory_bytes) return "";
  return fmt::format(" (its limit is {:.4g} MB)",
                     static_cast<double>(*containment.memory_bytes) / 1e6);
}

std::string last_line(std::string_view output) {
  const std::size_t end = output.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return "";
  output = output.substr(0, end + 1);
  const std::string_view line = output.substr(output.rfind('\n') + 1);
  return "; it printed last: " + units::in_quotes(line);
}

std::string ended_how(const Measurement& measurement) {
  if (!measurement.signal) return fmt::format("exit status {}", measurement.exit_status);
  const char* name = ::sigabbrev_np(*measurement.signal);
  return name == nullptr ? fmt::format("ended by signal {}", *measurement.signal)
                         : fmt::format("ended by signal {} (SIG{})", *measurement.signal, name);
}

}  // namespace

std::optional<std::string> command_failure(const ContainedRun& run,
                                           const Containment& containment) {
  if (run.cut == ContainedRun::Cut::stopped) return std::nullopt;
  if (run.cut == ContainedRun::Cut::timeout) {
    return fmt::format("timeout: it had not ended after {}", units::to_text(*containment.timeout));
  }
  if (run.out_of_memory) {
    return fmt::format("out of memory: the kernel ended it{}", limit_of(containment));
  }
  if (run.measurement.exit_status == 0) return std::nullopt;
  const std::string how = ended_how(run.measurement);
  if (const auto words = memory_words(run.output_tail)) {
    return fmt::format("out of memory: {}, and its output says {}{}", how, units::in_quotes(*words),
                       limit_of(containment));
  }
  if (run.measurement.signal == SIGKILL) {
    return fmt::format(
        "{}, which Turngreen did not send; often it is the kernel, where memory ran out", how);
  }
  return how + last_line(run.output_tail);
}

}  // namespace turngreen::pipeline
