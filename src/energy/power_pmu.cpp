#include "power_pmu.h"

#include <array>
#include <charconv>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

__extension__ using Wide = unsigned __int128;

constexpr std::size_t kMaxCpus = 1024;

constexpr std::array<std::pair<std::string_view, DomainKind>, 5> kEvents{{
    {"energy-pkg", DomainKind::package},
    {"energy-cores", DomainKind::cores},
    {"energy-gpu", DomainKind::uncore},
    {"energy-ram", DomainKind::dram},
    {"energy-psys", DomainKind::platform},
}};

std::optional<std::uint64_t> parse_config(std::string_view text) {
  constexpr std::string_view kPrefix = "event=0x";
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  std::uint8_t config = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), config, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return config;
}

std::optional<Wide> power_of_ten(int exponent) {
  if (exponent < 0 || exponent > 38) return std::nullopt;
  Wide power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

struct Decimal {
  Wide digits = 0;
  int exponent = 0;  ///< the number is digits x 10^exponent
};

std::optional<Decimal> parse_decimal(std::string_view text) {
  Decimal number;
  bool point = false;
  int count = 0;
  while (!text.empty() && text.front() != 'e' && text.front() != 'E') {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || ++count > 37) return std::nullopt;
    number.digits = number.digits * 10 + static_cast<unsigned>(c - '0');
    if (point) --number.exponent;
  }
  if (count == 0) return std::nullopt;
  if (text.empty()) return number;
  text.remove_prefix(1);
  if (text.starts_with('+')) text.remove_prefix(1);
  int exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (exponent < -99 || exponent > 99) return std::nullopt;
  number.exponent += exponent;
  return number;
}

Wide greatest_common_divisor(Wide a, Wide b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

Result<PowerPmu::Event> describe_event(const std::filesystem::path& events, std::string_view name,
                                       DomainKind kind) {
  const std::filesystem::path file = events / name;
  const auto text = read_attribute(file);
  if (!text) return tl::unexpected<Error>(text.error());
  const auto config = parse_config(*text);
  if (!config)
    return fail(Error::Kind::invalid_input,
                fmt::format("{} is \"{}\", not \"event=0x..\"", file.string(), *text));
  const auto unit = read_attribute(file.string() + ".unit");
  if (!unit || *unit != "Joules")
    return fail(Error::Kind::invalid_input,
                fmt::format("{}.unit is not \"Joules\"", file.string()));
  const auto scale_text = read_attribute(file.string() + ".scale");
  const auto scale = scale_text ? parse_scale(*scale_text) : std::nullopt;
  if (!scale)
    return fail(Error::Kind::invalid_input, fmt::format("{}.scale is no number", file.string()));
  return PowerPmu::Event{std::string(name), kind, *config, *scale};
}

}  // namespace

std::optional<std::vector<int>> parse_cpu_list(std::string_view text) {
  std::vector<int> cpus;
  while (!text.empty()) {
    const auto comma = text.find(',');
    const std::string_view range = text.substr(0, comma);
    const auto dash = range.find('-');
    const auto first = parse_number(range.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : parse_number(range.substr(dash + 1));
    if (!first || !last || *last < *first || *last > 1'000'000) return std::nullopt;
    if (*last - *first >= kMaxCpus - cpus.size()) return std::nullopt;
    for (std::uint64_t cpu = *first; cpu <= *last; ++cpu) cpus.push_back(static_cast<int>(cpu));
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  if (cpus.empty()) return std::nullopt;
  return cpus;
}

std::optional<RawUnit> parse_scale(std::string_view joules) {
  auto number = parse_decimal(joules);
  if (!number || number->digits == 0) return std::nullopt;
  while (number->digits % 10 == 0) {
    number->digits /= 10;
    ++number->exponent;
  }
  const int exponent = number->exponent + 6;  // joules to microjoules
  const auto power = power_of_ten(exponent < 0 ? -exponent : exponent);
  if (!power) return std::nullopt;
  Wide numerator = number->digits;
  Wide denominator = 1;
  constexpr Wide kMax = std::numeric_limits<std::uint64_t>::max();
  if (exponent < 0) {
    denominator = *power;
  } else if (numerator > kMax || *power > kMax) {
    return std::nullopt;
  } else {
    numerator *= *power;
  }
  const Wide divisor = greatest_common_divisor(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  if (numerator > kMax || denominator > kMax) return std::nullopt;
  return RawUnit{static_cast<std::uint64_t>(numerator), static_cast<std::uint64_t>(denominator)};
}

Result<PowerPmu> describe_power_pmu(const std::filesystem::path& directory) {
  PowerPmu pmu;
  const auto type_text = read_attribute(directory / "type");
  if (!type_text) return tl::unexpected<Error>(type_text.error());
  const auto type = parse_number(*type_text);
  if (!type || *type > std::numeric_limits<std::uint32_t>::max())
    return fail(Error::Kind::invalid_input, fmt::format("{} is \"{}\", not the number of a PMU",
                                                        (directory / "type").string(), *type_text));
  pmu.type = static_cast<std::uint32_t>(*type);
  const auto mask = read_attribute(directory / "cpumask");
  const auto cpus = mask ? parse_cpu_list(*mask) : std::nullopt;
  if (!cpus)
    return fail(Error::Kind::invalid_input, fmt::format("{} is no list of CPUs such as \"0,18\"",
                                                        (directory / "cpumask").string()));
  pmu.cpus = *cpus;
  for (const auto& [name, kind] : kEvents) {
    auto event = describe_event(directory / "events", name, kind);
    if (event)
      pmu.events.push_back(std::move(*event));
    else if (event.error().kind != Error::Kind::not_found)
      pmu.left_out.push_back(
          {std::string(name), (directory / "events" / name).string(), event.error().message});
  }
  return pmu;
}

}  // namespace turngreen::energy
