#include "visible_gpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace turngreen::energy {
namespace {

using ParentOfMig = std::function<std::optional<std::string>(const std::string&)>;

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The one GPU whose UUID begins with `prefix`; null where none or several do.
const GpuIdentity* by_uuid(std::span<const GpuIdentity> all, std::string_view prefix) {
  const GpuIdentity* found = nullptr;
  for (const auto& gpu : all) {
    if (!std::string_view(gpu.uuid).starts_with(prefix)) continue;
    if (found != nullptr) return nullptr;
    found = &gpu;
  }
  return found;
}

/// "MIG-<uuid>" (driver 470 and later), or "MIG-GPU-<uuid>/<GPU instance>/<compute instance>".
const GpuIdentity* by_mig(std::span<const GpuIdentity> all, std::string_view slice,
                          const ParentOfMig& parent_of_mig) {
  constexpr std::string_view kPrefix = "MIG-";
  const auto rest = slice.substr(kPrefix.size());
  if (rest.starts_with("GPU-")) return by_uuid(all, rest.substr(0, rest.find('/')));
  const auto parent = parent_of_mig(std::string(slice));
  return parent ? by_uuid(all, *parent) : nullptr;
}

const GpuIdentity* by_index(std::span<const GpuIdentity> all, std::string_view digits) {
  unsigned index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc{} || end != digits.data() + digits.size()) return nullptr;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const GpuIdentity& gpu) { return gpu.index == index; });
  return found == all.end() ? nullptr : &*found;
}

bool all_of_one_kind(std::span<const GpuIdentity> all) {
  return std::all_of(all.begin(), all.end(),
                     [&](const GpuIdentity& gpu) { return gpu.name == all.front().name; });
}

}  // namespace

VisibleGpus select_visible_gpus(std::span<const GpuIdentity> all,
                                const std::optional<std::string>& visible_devices,
                                const ParentOfMig& parent_of_mig) {
  VisibleGpus visible;
  if (!visible_devices) {
    visible.gpus.assign(all.begin(), all.end());
    return visible;
  }

  std::vector<bool> selected(all.size(), false);
  bool index_used = false;
  std::string_view list = *visible_devices;
  while (!list.empty()) {
    const auto comma = list.find(',');
    const auto entry = trimmed(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);

    const bool names_uuid = entry.starts_with("GPU-");
    const bool names_mig = entry.starts_with("MIG-");
    const GpuIdentity* const gpu = names_uuid  ? by_uuid(all, entry)
                                   : names_mig ? by_mig(all, entry, parent_of_mig)
                                               : by_index(all, entry);
    if (gpu == nullptr) {
      if (entry != "-1") {
        visible.notes.push_back(
            fmt::format("CUDA_VISIBLE_DEVICES=\"{}\": \"{}\" names no GPU of this machine, or "
                        "several; the list "
                        "ends there",
                        *visible_devices, entry));
      }
      break;
    }
    if (names_mig) {
      visible.notes.push_back(fmt::format(
          "{} is a slice of GPU {}: its own energy cannot be measured, the whole GPU's is", entry,
          gpu->index));
    }
    index_used = index_used || (!names_uuid && !names_mig);
    selected[static_cast<std::size_t>(gpu - all.data())] = true;
  }

  for (std::size_t i = 0; i < all.size(); ++i) {
    if (selected[i]) visible.gpus.push_back(all[i]);
  }
  if (index_used && !all_of_one_kind(all)) {
    visible.notes.push_back(
        "the indices of CUDA_VISIBLE_DEVICES were taken in the order of the PCI bus, which is "
        "CUDA's own "
        "only with CUDA_DEVICE_ORDER=PCI_BUS_ID; GPUs of different kinds are here, so name them by "
        "UUID");
  }
  return visible;
}

}  // namespace turngreen::energy
