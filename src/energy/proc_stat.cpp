#include "proc_stat.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>

namespace turngreen::energy {
namespace {

unsigned count_cpus(const std::filesystem::path& file) {
  std::ifstream stat(file);
  unsigned count = 0;
  for (std::string line; std::getline(stat, line) && line.starts_with("cpu");) {
    if (line.size() > 3 && line[3] >= '0' && line[3] <= '9') ++count;
  }
  return count;
}

}  // namespace

Result<ProcStat> ProcStat::open(const std::filesystem::path& proc) {
  const auto file = proc / "stat";
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    return fail(error == EACCES ? Error::Kind::no_permission : Error::Kind::not_found,
                fmt::format("{} cannot be opened: {}", file.string(), std::strerror(error)));
  }
  ProcStat stat(fd);
  stat.logical_cpus_ = count_cpus(file);
  stat.tick_ = units::seconds(1.0 / static_cast<double>(sysconf(_SC_CLK_TCK)));
  if (stat.logical_cpus_ == 0 || !stat.busy()) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("{} does not begin with the times of the processors (\"cpu  user nice system "
                    "...\", then \"cpu0 ...\")",
                    file.string()));
  }
  return stat;
}

ProcStat::~ProcStat() {
  if (fd_ >= 0) close(fd_);
}

std::optional<units::Duration> ProcStat::busy() const noexcept {
  std::array<char, 512> buffer;
  const ssize_t size = pread(fd_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  std::string_view line(buffer.data(), static_cast<std::size_t>(size));
  if (!line.starts_with("cpu ")) return std::nullopt;
  line = line.substr(4, line.find('\n') - 4);

  enum Field { user, nice, system, idle, iowait, irq, softirq, kFields };
  std::array<std::int64_t, kFields> ticks{};
  for (auto& field : ticks) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == std::string_view::npos) return std::nullopt;
    line.remove_prefix(begin);
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), field);
    if (error != std::errc{}) return std::nullopt;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  }
  const std::int64_t sum = ticks[user] + ticks[nice] + ticks[system] + ticks[irq] + ticks[softirq];
  return units::nanoseconds(sum * tick_.in_nanoseconds());
}

}  // namespace turngreen::energy
