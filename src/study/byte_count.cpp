#include "byte_count.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

struct Unit {
  std::string_view name;
  double bytes;
};
constexpr double kKibi = 1024;
constexpr std::array kUnits{Unit{"", 1},
                            Unit{"B", 1},
                            Unit{"kB", 1e3},
                            Unit{"KB", 1e3},
                            Unit{"MB", 1e6},
                            Unit{"GB", 1e9},
                            Unit{"TB", 1e12},
                            Unit{"KiB", kKibi},
                            Unit{"MiB", kKibi* kKibi},
                            Unit{"GiB", kKibi* kKibi* kKibi},
                            Unit{"TiB", kKibi* kKibi* kKibi* kKibi}};

}  // namespace

Result<std::uint64_t> parse_byte_count(std::string_view text) {
  constexpr double kMost = 9.2e18;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  std::string_view unit(stopped, static_cast<std::size_t>(end - stopped));
  unit.remove_prefix(std::min(unit.find_first_not_of(' '), unit.size()));
  for (const auto& [name, size] : kUnits) {
    const double bytes = std::floor(number * size);
    if (problem == std::errc() && unit == name && bytes >= 1 && bytes < kMost) {
      return static_cast<std::uint64_t>(bytes);
    }
  }
  return fail(
      Error::Kind::invalid_input,
      fmt::format("found {}; write a number above 0 and one of B, kB, MB, GB, TB, KiB, MiB, "
                  "GiB, TiB, such as 4 GB",
                  units::in_quotes(text)));
}

}  // namespace turngreen::study
