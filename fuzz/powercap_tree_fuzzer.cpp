#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "energy/fake_sysfs.h"
#include "require.h"
#include "turngreen/energy/rapl_powercap.h"

namespace turngreen::energy {
namespace {

using fuzz::require;

constexpr int kMostEntries = 64;
constexpr std::size_t kMostParts = 4;
constexpr std::size_t kMostNameBytes = 64;

/// "intel-rapl:0/name" within the tree; nothing where it would lead out of it.
std::filesystem::path within_tree(std::string_view text) {
  std::filesystem::path path;
  for (std::size_t parts = 0; parts < kMostParts; ++parts) {
    const auto slash = text.find('/');
    const std::string_view part = text.substr(0, slash);
    if (part.empty() || part == "." || part == ".." || part.size() > kMostNameBytes ||
        part.find('\0') != std::string_view::npos) {
      return {};
    }
    path /= part;
    if (slash == std::string_view::npos) return path;
    text.remove_prefix(slash + 1);
  }
  return {};
}

/// Carries out one line of the input: `PATH=CONTENTS` writes a file, `PATH>PATH` links to another
/// place of the tree, `PATH|` makes a named pipe, `PATH/` a directory, and `PATH-` removes. Where
/// that is impossible, nothing happens.
void lay_out(const std::filesystem::path& root, std::string_view line) {
  const auto end = line.find_first_of("=>");
  const char last = line.empty() ? '\0' : line.back();
  std::error_code ignored;
  const auto place = [&](std::string_view text) -> std::filesystem::path {
    const auto inside = within_tree(text);
    if (inside.empty()) return {};
    std::filesystem::create_directories((root / inside).parent_path(), ignored);
    return root / inside;
  };
  if (end != std::string_view::npos) {
    const auto path = place(line.substr(0, end));
    if (path.empty()) return;
    if (line[end] == '>') {
      const auto target = within_tree(line.substr(end + 1));
      if (!target.empty()) std::filesystem::create_symlink(root / target, path, ignored);
    } else if (const auto kind = std::filesystem::status(path, ignored).type();
               kind == std::filesystem::file_type::regular ||
               kind == std::filesystem::file_type::not_found) {
      std::ofstream(path, std::ios::binary) << line.substr(end + 1) << '\n';
    }
  } else if (last == '|' || last == '/' || last == '-') {
    line.remove_suffix(1);
    const auto path = place(line);
    if (path.empty()) return;
    if (last == '|') {
      ::mkfifo(path.c_str(), 0644);
    } else if (last == '/') {
      std::filesystem::create_directory(path, ignored);
    } else {
      std::filesystem::remove_all(path, ignored);
    }
  }
}

void check_domains(std::span<const Domain> domains) {
  require(!domains.empty(), "a sensor has a domain");
  std::set<std::string> names;
  for (const Domain& domain : domains) {
    require(!domain.name.empty() && names.insert(domain.name).second, "names are unique");
    require(domain.source == Source::rapl_powercap && domain.quantity == Quantity::energy,
            "a zone counts energy");
    require(domain.unit == RawUnit{}, "powercap counts microjoules");
    require(domain.wraps_at != 0, "a counter does not wrap at 0");
    require(std::isfinite(domain.max_power.in_watts()) && domain.max_power.in_watts() > 0,
            "the greatest power is a number above 0");
    require(domain.step > units::Duration{}, "a step takes time");
  }
  for (const Domain& domain : domains) {
    require(!domain.contained_in ||
                (names.contains(*domain.contained_in) && *domain.contained_in != domain.name),
            "what contains a domain is another one that is there");
    require(!domain.contained_in || !domain.counted(), "what is contained is not counted again");
  }
}

void check_readings(RaplPowercap& sensor) {
  // Readings left as they were must not look like zeros.
  const Reading untouched{Reading::State::ok, 1, 2, 0};
  std::vector<Reading> readings(sensor.domains().size(), untouched);
  sensor.read(readings);
  for (const Reading& reading : readings) {
    require(reading != untouched, "each domain is read");
    require(reading.state != Reading::State::ok || reading == Reading::of(reading.value),
            "a counter claims no interval");
    require(reading.state == Reading::State::ok || reading.value == 0,
            "a failed read has no value");
  }
}

/// Lines lay out the tree; the first empty one opens the sensor, each further one reads it.
void feed(std::string_view input) {
  const FakeSysfs tree;
  std::unique_ptr<RaplPowercap> sensor;
  bool opened_once = false;
  const auto open = [&] {
    auto opened = RaplPowercap::open(tree.root());
    opened_once = true;
    for (const Obstacle& obstacle : opened.obstacles) {
      require(!obstacle.sensor.empty() && !obstacle.reason.empty(), "an obstacle says what it is");
    }
    for (const LeftOut& left_out : opened.left_out) {
      require(!left_out.name.empty() && !left_out.reason.empty(), "what is left out says why");
    }
    sensor = std::move(opened.sensor);
    if (sensor) check_domains(sensor->domains());
  };
  for (int entries = 0; !input.empty() && entries < kMostEntries; ++entries) {
    const auto end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    if (!line.empty()) {
      lay_out(tree.root(), line);
    } else if (!opened_once) {
      open();
    } else if (sensor) {
      check_readings(*sensor);
    }
  }
  if (!opened_once) open();
  if (sensor) check_readings(*sensor);
}

}  // namespace
}  // namespace turngreen::energy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::energy::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
