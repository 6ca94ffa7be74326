#include "turngreen/energy/machine.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <fstream>
#include <string_view>

#include "cpu_identity.h"
#include "machine_files.h"
#include "microarchitecture.h"

namespace turngreen::energy {
namespace {

std::string kernel_name() {
  utsname names{};
  if (uname(&names) != 0) return {};
  return fmt::format("{} {}", names.sysname, names.release);
}

/// PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"; the quotes may be double, single or absent
/// (os-release(5)).
std::string pretty_name(const std::filesystem::path& os_release) {
  constexpr std::string_view kKey = "PRETTY_NAME=";
  std::ifstream file(os_release);
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kKey)) continue;
    std::string value = line.substr(kKey.size());
    const bool quoted = value.size() >= 2 && value.front() == value.back() &&
                        (value.front() == '"' || value.front() == '\'');
    return quoted ? value.substr(1, value.size() - 2) : value;
  }
  return {};
}

}  // namespace

Machine describe_machine(const std::filesystem::path& proc,
                         const std::filesystem::path& os_release) {
  const CpuIdentity id = read_cpuid();
  const CpuInfo info = read_cpu_info(proc);
  Machine machine;
  machine.cpu_vendor = id.vendor;
  machine.cpu_model = info.model_name;
  machine.microarchitecture = find_microarchitecture(id, info).name;
  machine.logical_cpus = info.logical_cpus;
  machine.sockets = info.sockets;
  machine.memory_bytes = read_memory_bytes(proc).value_or(0);
  machine.hypervisor = id.hypervisor;
  machine.kernel = kernel_name();
  machine.os = pretty_name(os_release);
  return machine;
}

}  // namespace turngreen::energy
