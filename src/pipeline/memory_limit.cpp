#include "memory_limit.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <string_view>
#include <utility>

#include "descriptor.h"

namespace turngreen::pipeline {
namespace {

bool write_to(int directory, const char* file, std::string_view text) {
  const Descriptor opened(::openat(directory, file, O_WRONLY | O_CLOEXEC));
  return opened.is_open() &&
         ::write(opened.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

MemoryLimit MemoryLimit::prepare(std::optional<std::uint64_t> bytes,
                                 const std::filesystem::path& cgroup_root,
                                 const std::filesystem::path& proc) {
  MemoryLimit limit;
  limit.bytes_ = bytes;
  if (auto share = energy::ProcessShare::prepare(cgroup_root, proc);
      share && share->cgroup_directory()) {
    limit.share_.emplace(*std::move(share));
    limit.in_cgroup_ = bytes && limit.limit_cgroup();
  }
  return limit;
}

bool MemoryLimit::limit_cgroup() {
  const int directory = *share_->cgroup_directory();
  if (!write_to(directory, "memory.max", fmt::format("{}", *bytes_))) return false;
  // One that is left alone by the death of another may wait for it for ever.
  write_to(directory, "memory.oom.group", "1");
  return true;
}

std::optional<int> MemoryLimit::cgroup_directory() const {
  return share_ ? share_->cgroup_directory() : std::nullopt;
}

std::optional<std::uint64_t> MemoryLimit::address_space_bytes() const {
  return in_cgroup_ ? std::nullopt : bytes_;
}

void MemoryLimit::hold(pid_t command) {
  if (!share_) return;
  share_->watch(command);
  if (share_->basis() == energy::ProcessShare::Basis::cgroup) return;
  share_.reset();
  if (!std::exchange(in_cgroup_, false)) return;
  const rlimit limit{*bytes_, *bytes_};
  ::prlimit(command, RLIMIT_AS, &limit, nullptr);
}

bool MemoryLimit::exceeded() const {
  if (!in_cgroup_) return false;
  const Descriptor events(
      ::openat(*share_->cgroup_directory(), "memory.events", O_RDONLY | O_CLOEXEC));
  std::array<char, 512> buffer;
  const ssize_t size = ::read(events.number(), buffer.data(), buffer.size());
  if (size <= 0) return false;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(size));
  constexpr std::string_view kKey = "oom_kill ";
  const std::size_t at = text.find(kKey);
  return at != std::string_view::npos && text.substr(at + kKey.size(), 1) != "0";
}

void MemoryLimit::kill_all() const {
  if (share_) write_to(*share_->cgroup_directory(), "cgroup.kill", "1");
}

}  // namespace turngreen::pipeline
