#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace turngreen::energy {

/// A temporary directory to lay out as the kernel lays out /sys; gone at scope exit.
class FakeSysfs {
 public:
  FakeSysfs() {
    std::string name = (std::filesystem::temp_directory_path() / "turngreen-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    root_ = name;
    // Others must get as far as the files, whose own modes are what tests of permission are about.
    std::filesystem::permissions(root_, std::filesystem::perms(0755));
  }
  FakeSysfs(const FakeSysfs&) = delete;
  FakeSysfs& operator=(const FakeSysfs&) = delete;
  ~FakeSysfs() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  const std::filesystem::path& root() const { return root_; }

  /// Writes `contents` and a newline, in place, so that an open descriptor sees the change.
  void write(const std::filesystem::path& file, std::string_view contents) {
    const std::filesystem::path target = root_ / file;
    std::filesystem::create_directories(target.parent_path());
    std::ofstream(target) << contents << '\n';
  }
  void remove(const std::filesystem::path& file) { std::filesystem::remove_all(root_ / file); }
  void chmod(const std::filesystem::path& file, unsigned mode) {
    std::filesystem::permissions(root_ / file, std::filesystem::perms(mode));
  }

 private:
  std::filesystem::path root_;
};

}  // namespace turngreen::energy
