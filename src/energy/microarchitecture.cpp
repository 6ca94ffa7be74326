#include "microarchitecture.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace turngreen::energy {
namespace {

struct Row {
  unsigned family;
  unsigned first_model;
  unsigned last_model;
  Microarchitecture is;
  unsigned first_stepping = 0;
  unsigned last_stepping = 15;
};

// linux/arch/x86/include/asm/intel-family.h and the Intel SDM, volume 4, table 2-1.
constexpr Row kIntel[] = {
    {6, 0x1A, 0x1A, {"Nehalem", CpuClass::nehalem_server}},
    {6, 0x1E, 0x1F, {"Nehalem", CpuClass::client}},
    {6, 0x2E, 0x2E, {"Nehalem", CpuClass::nehalem_server}},
    {6, 0x25, 0x25, {"Westmere", CpuClass::client}},
    {6, 0x2C, 0x2C, {"Westmere", CpuClass::nehalem_server}},
    {6, 0x2F, 0x2F, {"Westmere", CpuClass::nehalem_server}},
    {6, 0x2A, 0x2A, {"Sandy Bridge", CpuClass::client}},
    {6, 0x2D, 0x2D, {"Sandy Bridge", CpuClass::sandy_bridge_server}},
    {6, 0x3A, 0x3A, {"Ivy Bridge", CpuClass::client}},
    {6, 0x3E, 0x3E, {"Ivy Bridge", CpuClass::ivy_bridge_server}},
    {6, 0x3C, 0x3C, {"Haswell", CpuClass::client}},
    {6, 0x3F, 0x3F, {"Haswell", CpuClass::haswell_server}},
    {6, 0x45, 0x46, {"Haswell", CpuClass::client}},
    {6, 0x3D, 0x3D, {"Broadwell", CpuClass::client}},
    {6, 0x47, 0x47, {"Broadwell", CpuClass::client}},
    {6, 0x4F, 0x4F, {"Broadwell", CpuClass::broadwell_server}},
    {6, 0x56, 0x56, {"Broadwell", CpuClass::broadwell_server}},
    {6, 0x4E, 0x4E, {"Skylake", CpuClass::client}},
    {6, 0x5E, 0x5E, {"Skylake", CpuClass::client}},
    {6, 0x55, 0x55, {"Skylake", CpuClass::skylake_server}, 0, 4},
    {6, 0x55, 0x55, {"Cascade Lake", CpuClass::cascade_lake_server}, 5, 9},
    {6, 0x55, 0x55, {"Cooper Lake", CpuClass::cascade_lake_server}, 10, 15},
    {6, 0x8E, 0x8E, {"Kaby Lake", CpuClass::client}, 0, 9},
    {6, 0x8E, 0x8E, {"Coffee Lake", CpuClass::client}, 10, 15},
    {6, 0x9E, 0x9E, {"Kaby Lake", CpuClass::client}, 0, 9},
    {6, 0x9E, 0x9E, {"Coffee Lake", CpuClass::client}, 10, 15},
    {6, 0x66, 0x66, {"Cannon Lake", CpuClass::client}},
    {6, 0xA5, 0xA6, {"Comet Lake", CpuClass::client}},
    {6, 0x6A, 0x6A, {"Ice Lake", CpuClass::ice_lake_server}},
    {6, 0x6C, 0x6C, {"Ice Lake", CpuClass::ice_lake_server}},
    {6, 0x7D, 0x7E, {"Ice Lake", CpuClass::client}},
    {6, 0x8C, 0x8D, {"Tiger Lake", CpuClass::client}},
    {6, 0xA7, 0xA7, {"Rocket Lake", CpuClass::client}},
    {6, 0x8A, 0x8A, {"Lakefield", CpuClass::client}},
    {6, 0x97, 0x97, {"Alder Lake", CpuClass::client}},
    {6, 0x9A, 0x9A, {"Alder Lake", CpuClass::client}},
    {6, 0xBE, 0xBE, {"Gracemont", CpuClass::client}},
    {6, 0xB7, 0xB7, {"Raptor Lake", CpuClass::client}},
    {6, 0xBA, 0xBA, {"Raptor Lake", CpuClass::client}},
    {6, 0xBF, 0xBF, {"Raptor Lake", CpuClass::client}},
    {6, 0x8F, 0x8F, {"Sapphire Rapids", CpuClass::sapphire_rapids_server}},
    {6, 0xCF, 0xCF, {"Emerald Rapids", CpuClass::emerald_rapids_server}},
    {6, 0xAA, 0xAA, {"Meteor Lake", CpuClass::client}},
    {6, 0xAC, 0xAC, {"Meteor Lake", CpuClass::client}},
    {6, 0xB5, 0xB5, {"Arrow Lake", CpuClass::client}},
    {6, 0xC5, 0xC6, {"Arrow Lake", CpuClass::client}},
    {6, 0xBD, 0xBD, {"Lunar Lake", CpuClass::client}},
    {6, 0xCC, 0xCC, {"Panther Lake", CpuClass::client}},
    {6, 0xAD, 0xAE, {"Granite Rapids", CpuClass::granite_rapids_server}},
    // Server parts of small cores alone: nobody has published coefficients for them.
    {6, 0xAF, 0xAF, {"Sierra Forest", CpuClass::unknown}},
    {6, 0xDD, 0xDD, {"Clearwater Forest", CpuClass::unknown}},
    {6, 0x57, 0x57, {"Knights Landing", CpuClass::unknown}},
    {6, 0x85, 0x85, {"Knights Mill", CpuClass::unknown}},
    {6, 0x37, 0x37, {"Silvermont", CpuClass::client}},
    {6, 0x4D, 0x4D, {"Silvermont", CpuClass::client}},
    {6, 0x4C, 0x4C, {"Airmont", CpuClass::client}},
    {6, 0x5C, 0x5C, {"Goldmont", CpuClass::client}},
    {6, 0x5F, 0x5F, {"Goldmont", CpuClass::client}},
    {6, 0x7A, 0x7A, {"Goldmont Plus", CpuClass::client}},
    {6, 0x86, 0x86, {"Tremont", CpuClass::client}},
    {6, 0x96, 0x96, {"Tremont", CpuClass::client}},
    {6, 0x9C, 0x9C, {"Tremont", CpuClass::client}},
};

// linux/arch/x86/kernel/cpu/amd.c (bsp_init_amd) for the generations; AMD's processor programming
// references for which models are server parts. Family 0x17 model 1 is both the first EPYC and the
// first Ryzen.
constexpr Row kAmd[] = {
    {0x17, 0x01, 0x01, {"Zen", CpuClass::epyc_1}},
    {0x17, 0x08, 0x08, {"Zen+", CpuClass::client}},
    {0x17, 0x18, 0x18, {"Zen+", CpuClass::client}},
    {0x17, 0x00, 0x2F, {"Zen", CpuClass::client}},
    {0x17, 0x50, 0x5F, {"Zen", CpuClass::client}},
    {0x17, 0x30, 0x3F, {"Zen 2", CpuClass::epyc_2}},
    {0x17, 0x40, 0x4F, {"Zen 2", CpuClass::client}},
    {0x17, 0x60, 0x7F, {"Zen 2", CpuClass::client}},
    {0x17, 0x90, 0x9F, {"Zen 2", CpuClass::client}},
    {0x17, 0xA0, 0xAF, {"Zen 2", CpuClass::client}},
    {0x19, 0x00, 0x0F, {"Zen 3", CpuClass::epyc_3}},
    {0x19, 0x30, 0x3F, {"Zen 3", CpuClass::epyc_3}},
    {0x19, 0x20, 0x5F, {"Zen 3", CpuClass::client}},
    {0x19, 0x10, 0x1F, {"Zen 4", CpuClass::epyc_4}},
    {0x19, 0xA0, 0xAF, {"Zen 4", CpuClass::epyc_4}},
    {0x19, 0x60, 0x8F, {"Zen 4", CpuClass::client}},
    {0x19, 0x90, 0x9F, {"Zen 4", CpuClass::unknown}},  // MI300A: CPU and GPU in one package
    {0x1A, 0x00, 0x1F, {"Zen 5", CpuClass::epyc_5}},
    {0x1A, 0x20, 0x2F, {"Zen 5", CpuClass::client}},
    {0x1A, 0x40, 0x4F, {"Zen 5", CpuClass::client}},
    {0x1A, 0x60, 0x7F, {"Zen 5", CpuClass::client}},
};

// Hygon's Dhyana is AMD's first Zen under licence.
constexpr Row kHygon[] = {{0x18, 0x00, 0x0F, {"Zen", CpuClass::epyc_1}}};

struct ArmRow {
  unsigned implementer;
  unsigned part;
  Microarchitecture is;
};

// linux/arch/arm64/include/asm/cputype.h
constexpr ArmRow kArm[] = {
    {0x41, 0xD0C, {"Neoverse N1", CpuClass::neoverse}},  // Graviton 2, Ampere Altra
    {0x41, 0xD40, {"Neoverse V1", CpuClass::neoverse}},  // Graviton 3
    {0x41, 0xD49, {"Neoverse N2", CpuClass::neoverse}},  // Cobalt 100
    {0x41, 0xD4F, {"Neoverse V2", CpuClass::neoverse}},  // Graviton 4, Grace
    {0xC0, 0xAC3, {"AmpereOne", CpuClass::unknown}},
    {0x61, 0x022, {"Apple M1", CpuClass::client}},
    {0x61, 0x023, {"Apple M1", CpuClass::client}},
    {0x61, 0x024, {"Apple M1", CpuClass::client}},
    {0x61, 0x025, {"Apple M1", CpuClass::client}},
    {0x61, 0x032, {"Apple M2", CpuClass::client}},
    {0x61, 0x033, {"Apple M2", CpuClass::client}},
};

/// The first row that fits: narrower rows stand before wider ones.
template <std::size_t size>
Microarchitecture find(const Row (&rows)[size], const CpuIdentity& id) {
  const auto found = std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) {
    return row.family == id.family && row.first_model <= id.model && id.model <= row.last_model &&
           row.first_stepping <= id.stepping && id.stepping <= row.last_stepping;
  });
  return found == std::end(rows) ? Microarchitecture{} : found->is;
}

}  // namespace

Microarchitecture find_microarchitecture(const CpuIdentity& id, const CpuInfo& info) {
  if (id.vendor == "GenuineIntel") return find(kIntel, id);
  if (id.vendor == "AuthenticAMD") return find(kAmd, id);
  if (id.vendor == "HygonGenuine") return find(kHygon, id);
  const auto found = std::find_if(std::begin(kArm), std::end(kArm), [&](const ArmRow& row) {
    return row.implementer == info.arm_implementer && row.part == info.arm_part;
  });
  return found == std::end(kArm) ? Microarchitecture{} : found->is;
}

}  // namespace turngreen::energy
