#include "child_cgroup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace turngreen::energy {
namespace {

namespace fs = std::filesystem;

// cgroup v2's mount: the root itself, or beside the v1 hierarchies (systemd's "hybrid").
std::optional<fs::path> find_hierarchy(const fs::path& cgroup_root) {
  for (const fs::path& mount : {cgroup_root, cgroup_root / "unified"}) {
    if (::access((mount / "cgroup.controllers").c_str(), R_OK) == 0) return mount;
  }
  return std::nullopt;
}

// The line "0::/path" of /proc/PID/cgroup; relative to the root of our cgroup namespace.
std::optional<fs::path> cgroup_of(const std::string& process, const fs::path& proc) {
  std::ifstream file(proc / process / "cgroup");
  constexpr std::string_view kUnified = "0::/";
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with(kUnified)) continue;
    fs::path path = fs::path(line.substr(kUnified.size())).lexically_normal();
    // Outside the namespace: not reachable below the mount.
    if (!path.empty() && *path.begin() == "..") return std::nullopt;
    return path;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ChildCgroup> ChildCgroup::make(const fs::path& cgroup_root, const fs::path& proc) {
  const auto hierarchy = find_hierarchy(cgroup_root);
  const auto ours = cgroup_of("self", proc);
  if (!hierarchy || !ours) return std::nullopt;
  // Joining needs the right to write to the nearest common ancestor's cgroup.procs.
  if (::access((*hierarchy / *ours / "cgroup.procs").c_str(), W_OK) != 0) return std::nullopt;

  ChildCgroup made;
  made.proc_ = proc;
  constexpr int kMostTries = 1000;
  for (int number = 0; number < kMostTries; ++number) {
    made.name_ =
        (*ours / ("turngreen-" + std::to_string(::getpid()) + "-" + std::to_string(number)))
            .lexically_normal();
    const fs::path path = *hierarchy / made.name_;
    if (::mkdir(path.c_str(), 0755) == 0) {
      made.path_ = path;
      break;
    }
    if (errno != EEXIST) return std::nullopt;
  }
  if (made.path_.empty()) return std::nullopt;
  made.directory_ = ::open(made.path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  made.cpu_stat_ = ::open((made.path_ / "cpu.stat").c_str(), O_RDONLY | O_CLOEXEC);
  if (made.directory_ < 0 || !made.usage()) return std::nullopt;
  return made;
}

ChildCgroup::ChildCgroup(ChildCgroup&& other) noexcept
    : proc_(std::move(other.proc_)),
      path_(std::exchange(other.path_, {})),
      name_(std::move(other.name_)),
      directory_(std::exchange(other.directory_, -1)),
      cpu_stat_(std::exchange(other.cpu_stat_, -1)) {}

ChildCgroup::~ChildCgroup() {
  if (directory_ >= 0) ::close(directory_);
  if (cpu_stat_ >= 0) ::close(cpu_stat_);
  if (path_.empty()) return;
  // Processes may start others while they are moved: a few rounds, then leave an undying cgroup
  // alone.
  constexpr int kMostRounds = 10;
  for (int round = 0; round < kMostRounds && ::rmdir(path_.c_str()) != 0 && errno == EBUSY;
       ++round) {
    std::ifstream members(path_ / "cgroup.procs");
    for (std::string process; std::getline(members, process);) {
      std::ofstream(path_.parent_path() / "cgroup.procs") << process << std::flush;
    }
  }
}

bool ChildCgroup::holds(pid_t process) const {
  const auto member_of = cgroup_of(std::to_string(process), proc_);
  if (!member_of) return false;
  const fs::path relative = member_of->lexically_relative(name_);
  return !relative.empty() && *relative.begin() != "..";
}

std::optional<units::Duration> ChildCgroup::usage() const noexcept {
  std::array<char, 512> buffer;
  const ssize_t size = ::pread(cpu_stat_, buffer.data(), buffer.size(), 0);
  if (size <= 0) return std::nullopt;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  constexpr std::string_view kKey = "usage_usec ";
  const auto at = text.find(kKey);
  if (at == std::string_view::npos || (at > 0 && text[at - 1] != '\n')) return std::nullopt;
  std::int64_t microseconds = 0;
  const char* digits = text.data() + at + kKey.size();
  if (std::from_chars(digits, text.data() + text.size(), microseconds).ec != std::errc{}) {
    return std::nullopt;
  }
  return units::nanoseconds(microseconds * 1000);
}

}  // namespace turngreen::energy
