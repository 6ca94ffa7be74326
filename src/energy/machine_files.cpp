#include "machine_files.h"

#include <charconv>
#include <fstream>
#include <set>
#include <string_view>

namespace turngreen::energy {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// "0x41" and "65" alike; 0 for what is no number.
unsigned parse_unsigned(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  return value;
}

}  // namespace

CpuInfo read_cpu_info(const std::filesystem::path& proc) {
  CpuInfo info;
  std::set<unsigned> sockets;
  std::ifstream file(proc / "cpuinfo");
  for (std::string line; std::getline(file, line);) {
    const std::string_view text = line;
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) continue;
    const auto key = trimmed(text.substr(0, colon));
    const auto value = trimmed(text.substr(colon + 1));
    if (key == "processor") ++info.logical_cpus;
    if (key == "physical id") sockets.insert(parse_unsigned(value));
    if (key == "model name" && info.model_name.empty()) info.model_name = value;
    if (key == "CPU implementer") info.arm_implementer = parse_unsigned(value);
    if (key == "CPU part") info.arm_part = parse_unsigned(value);
  }
  info.sockets = static_cast<unsigned>(sockets.size());
  return info;
}

std::optional<std::uint64_t> read_memory_bytes(const std::filesystem::path& proc) {
  std::ifstream file(proc / "meminfo");
  std::string key;
  std::uint64_t kibibytes = 0;
  std::string unit;
  while (file >> key >> kibibytes) {
    if (key == "MemTotal:") return kibibytes * 1024;
    std::getline(file, unit);
  }
  return std::nullopt;
}

}  // namespace turngreen::energy
