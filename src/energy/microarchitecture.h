#pragma once

#include <string_view>

#include "cpu_identity.h"
#include "machine_files.h"

namespace turngreen::energy {

/// The rows of published power coefficients that a micro-architecture falls under.
enum class CpuClass {
  nehalem_server,
  sandy_bridge_server,
  ivy_bridge_server,
  haswell_server,
  broadwell_server,
  skylake_server,
  cascade_lake_server,
  ice_lake_server,
  sapphire_rapids_server,
  emerald_rapids_server,
  granite_rapids_server,
  epyc_1,
  epyc_2,
  epyc_3,
  epyc_4,
  epyc_5,
  neoverse,
  client,  ///< desktop and notebook parts, and small cores
  unknown,
};

struct Microarchitecture {
  std::string_view name;  ///< "Zen 4", "Ice Lake"; empty: unknown
  CpuClass cpu_class = CpuClass::unknown;
};

/// By CPUID's vendor, family, model and stepping; on 64-bit Arm by the implementer and part
/// numbers.
Microarchitecture find_microarchitecture(const CpuIdentity& id, const CpuInfo& info);

}  // namespace turngreen::energy
