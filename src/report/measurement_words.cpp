#include "measurement_words.h"

#include <fmt/format.h>

#include "display_text.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
std::string command_line(const std::vector<std::string>& command) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%^";
  std::string line;
  for (const auto& argument : command) {
    if (!line.empty()) line += ' ';
    if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
      line += argument;
      continue;
    }
    line += '\'';
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return printable(line);
}

std::string_view source_words(energy::Source source) {
  using energy::Source;
  switch (source) {
    case Source::rapl_powercap:
      return "RAPL (powercap)";
    case Source::rapl_perf:
      return "RAPL (perf_event)";
    case Source::nvml_counter:
      return "NVML energy counter";
    case Source::nvml_power:
      return "NVML power, integrated";
    case Source::amd_smi:
      return "AMD SMI";
    case Source::hwmon:
      return "hwmon";
    case Source::battery:
      return "battery";
    case Source::estimator:
      return "estimator";
  }
  return "unknown source";
}

std::string fault_sentence(const energy::Fault& fault) {
  std::string sentence = fault.subject.empty() ? std::string() : printable(fault.subject) + ": ";
  sentence +=
      fault.detail.empty() ? std::string(energy::explain(fault.kind)) : printable(fault.detail);
  const std::string count = fmt::to_string(fault.count);
  const bool told = fault.detail.find(count) != std::string::npos;
  if (fault.count > 1 && !told) sentence += fmt::format(" ({} times)", count);
  if (fault.duration > units::Duration()) {
    sentence += fmt::format(", {}", units::to_text(fault.duration));
  }
  return fmt::format("{} [{}]", sentence, energy::to_string(fault.kind));
}

std::string energy_text(const std::optional<units::Energy>& energy, bool estimated) {
  if (!energy) return "not measured";
  return (estimated ? "~" : "") + units::to_text(*energy);
}

}  // namespace turngreen::report
