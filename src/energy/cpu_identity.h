#pragma once

#include <string>

namespace turngreen::energy {

/// What the processor says of itself through the CPUID instruction; a hypervisor may hide the
/// model's name, but passes these on. All empty or 0 on processors without CPUID.
struct CpuIdentity {
  std::string vendor;  ///< "AuthenticAMD", "GenuineIntel"
  unsigned family = 0;
  unsigned model = 0;
  unsigned stepping = 0;
  std::string
      hypervisor;  ///< "KVM", ...; as it signs itself if we have no name for it; empty: none
};

CpuIdentity read_cpuid();

}  // namespace turngreen::energy
