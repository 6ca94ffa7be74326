#include "turngreen/energy/domain.h"

#include <array>
#include <utility>

namespace turngreen::energy {
namespace {

constexpr std::array<std::pair<DomainKind, std::string_view>, 9> kKinds{{
    {DomainKind::package, "package"},
    {DomainKind::cores, "cores"},
    {DomainKind::uncore, "uncore"},
    {DomainKind::dram, "dram"},
    {DomainKind::platform, "platform"},
    {DomainKind::gpu, "gpu"},
    {DomainKind::module, "module"},
    {DomainKind::board, "board"},
    {DomainKind::battery, "battery"},
}};

constexpr std::array<std::pair<Source, std::string_view>, 8> kSources{{
    {Source::rapl_powercap, "rapl_powercap"},
    {Source::rapl_perf, "rapl_perf"},
    {Source::nvml_counter, "nvml_counter"},
    {Source::nvml_power, "nvml_power"},
    {Source::amd_smi, "amd_smi"},
    {Source::hwmon, "hwmon"},
    {Source::battery, "battery"},
    {Source::estimator, "estimator"},
}};

template <typename Table, typename Value>
std::string_view word_of(const Table& table, Value value) {
  for (const auto& [key, word] : table)
    if (key == value) return word;
  return "unknown";
}

template <typename Value, std::size_t size>
std::optional<Value> value_of(const std::array<std::pair<Value, std::string_view>, size>& table,
                              std::string_view word) {
  for (const auto& [key, name] : table)
    if (name == word) return key;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(DomainKind kind) { return word_of(kKinds, kind); }
std::string_view to_string(Source source) { return word_of(kSources, source); }
std::optional<DomainKind> parse_domain_kind(std::string_view word) {
  return value_of(kKinds, word);
}
std::optional<Source> parse_source(std::string_view word) { return value_of(kSources, word); }

}  // namespace turngreen::energy
