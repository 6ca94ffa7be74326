#include "file_system.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <string_view>

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;

struct Kind {
  std::uint32_t magic;
  std::string_view name;
};
// statfs(2) and linux/magic.h.
constexpr std::array kNetwork{
    Kind{0x6969, "NFS"},       Kind{0xff534d42, "CIFS"}, Kind{0xfe534d42, "SMB2"},
    Kind{0x517b, "SMB"},       Kind{0x00c36400, "Ceph"}, Kind{0x0bd00bd0, "Lustre"},
    Kind{0x01021997, "9p"},    Kind{0x5346414f, "AFS"},  Kind{0x6b414653, "AFS"},
    Kind{0x73757245, "Coda"},  Kind{0x47504653, "GPFS"}, Kind{0x19830326, "BeeGFS"},
    Kind{0xaad7aaea, "PanFS"},
};

/// FUSE has one number for all its file systems, local ones among them: their names tell.
constexpr std::array<std::string_view, 13> kNetworkFuse{
    "fuse.sshfs",   "fuse.glusterfs", "fuse.ceph",    "fuse.ceph-fuse", "fuse.s3fs",
    "fuse.gcsfuse", "fuse.rclone",    "fuse.juicefs", "fuse.JuiceFS",   "fuse.goofys",
    "fuse.davfs",   "fuse.curlftpfs", "fuse.mount-s3"};

/// The field after the lone "-" of the line for that device (proc(5)).
std::string mounted_type(dev_t device) {
  const std::string wanted = fmt::format(" {}:{} ", major(device), minor(device));
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    if (line.find(wanted) == std::string::npos) continue;
    const auto dash = line.find(" - ");
    if (dash == std::string::npos) continue;
    const auto begin = dash + 3;
    return line.substr(begin, line.find(' ', begin) - begin);
  }
  return {};
}

std::string_view network_name(const FileSystem& file_system) {
  const auto kind = std::ranges::find(kNetwork, file_system.magic, &Kind::magic);
  if (kind != kNetwork.end()) return kind->name;
  const auto fuse = std::ranges::find(kNetworkFuse, file_system.name);
  return fuse != kNetworkFuse.end() ? *fuse : std::string_view();
}

}  // namespace

FileSystem file_system_of(const fs::path& path) {
  std::error_code ignored;
  fs::path place = fs::absolute(path, ignored);
  struct statfs about {};
  while (::statfs(place.c_str(), &about) != 0) {
    if (!place.has_relative_path()) return {};
    place = place.parent_path();
  }
  FileSystem found;
  found.magic = static_cast<std::uint32_t>(about.f_type);
  struct stat status {};
  if (::stat(place.c_str(), &status) == 0) found.name = mounted_type(status.st_dev);
  return found;
}

Result<void> check_locks_hold(const fs::path& file, const FileSystem& file_system) {
  const auto name = network_name(file_system);
  if (name.empty()) return {};
  return fail(Error::Kind::unsupported,
              fmt::format("the store {} would lie on a network file system ({}), whose locks do "
                          "not hold between machines: two workers could take the same trial. Put "
                          "it on a local disk (store: /var/tmp/turngreen.db in the study file, "
                          "--store or TURNGREEN_STORE); turngreen study export and import carry "
                          "studies between machines",
                          file.string(), name));
}

}  // namespace turngreen::study
