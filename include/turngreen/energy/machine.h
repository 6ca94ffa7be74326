#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace turngreen::energy {

/// What a reader of a measurement needs to know of the machine it was taken on.
struct Machine {
  std::string cpu_vendor;  ///< CPUID: "AuthenticAMD", "GenuineIntel"; empty where there is none
  std::string cpu_model;   ///< as the system names it; a hypervisor may hide it ("AMD EPYC")
  std::string microarchitecture;  ///< from CPUID family and model ("Zen 4"); empty: unknown
  unsigned logical_cpus = 0;      ///< online, of the whole machine
  unsigned sockets = 0;
  std::uint64_t memory_bytes = 0;
  std::string hypervisor;  ///< "KVM", ...; empty: none seen
  std::string kernel;      ///< uname -sr
  std::string os;          ///< PRETTY_NAME of os-release
};

Machine describe_machine(const std::filesystem::path& proc = "/proc",
                         const std::filesystem::path& os_release = "/etc/os-release");

}  // namespace turngreen::energy
