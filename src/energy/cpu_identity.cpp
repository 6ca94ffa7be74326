#include "cpu_identity.h"

#if defined(__x86_64__) || defined(__i386__)
#include <cpuid.h>
#endif

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>

namespace turngreen::energy {

#if defined(__x86_64__) || defined(__i386__)
namespace {

struct Registers {
  std::uint32_t eax = 0;
  std::uint32_t ebx = 0;
  std::uint32_t ecx = 0;
  std::uint32_t edx = 0;
};

Registers cpuid(std::uint32_t leaf) {
  Registers r;
  __cpuid(leaf, r.eax, r.ebx, r.ecx, r.edx);
  return r;
}

/// Twelve characters spelt by three registers, without trailing blanks and NULs.
std::string signature(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  const std::array<std::uint32_t, 3> words{a, b, c};
  std::array<char, 12> text{};
  std::memcpy(text.data(), words.data(), text.size());
  const std::string_view all(text.data(), text.size());
  const auto last = all.find_last_not_of(std::string_view("\0 ", 2));
  return std::string(all.substr(0, last == std::string_view::npos ? 0 : last + 1));
}

std::string hypervisor_name(const std::string& signed_as) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kNames{{
      {"KVMKVMKVM", "KVM"},
      {"Linux KVM Hv", "KVM"},
      {"VMwareVMware", "VMware"},
      {"Microsoft Hv", "Hyper-V"},
      {"XenVMMXenVMM", "Xen"},
      {"TCGTCGTCGTCG", "QEMU"},
      {"bhyve bhyve", "bhyve"},
      {"VBoxVBoxVBox", "VirtualBox"},
  }};
  for (const auto& [text, name] : kNames) {
    if (signed_as == text) return std::string(name);
  }
  return signed_as.empty() ? "a hypervisor without a name" : signed_as;
}

}  // namespace

CpuIdentity read_cpuid() {
  constexpr std::uint32_t kHypervisorPresent = 1U << 31;
  constexpr std::uint32_t kHypervisorLeaf = 0x40000000;
  CpuIdentity id;
  const Registers vendor = cpuid(0);
  id.vendor = signature(vendor.ebx, vendor.edx, vendor.ecx);
  if (vendor.eax < 1) return id;

  const Registers signature_leaf = cpuid(1);
  id.stepping = signature_leaf.eax & 0xF;
  id.model = (signature_leaf.eax >> 4) & 0xF;
  id.family = (signature_leaf.eax >> 8) & 0xF;
  // "Extended" fields: Intel SDM volume 2A, CPUID leaf 1; AMD APM volume 3, Fn0000_0001_EAX.
  if (id.family == 0x6 || id.family == 0xF) id.model |= ((signature_leaf.eax >> 16) & 0xF) << 4;
  if (id.family == 0xF) id.family += (signature_leaf.eax >> 20) & 0xFF;

  if ((signature_leaf.ecx & kHypervisorPresent) != 0) {
    const Registers r = cpuid(kHypervisorLeaf);
    id.hypervisor = hypervisor_name(signature(r.ebx, r.ecx, r.edx));
  }
  return id;
}
#else
CpuIdentity read_cpuid() { return {}; }
#endif

}  // namespace turngreen::energy
