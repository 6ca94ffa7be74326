#include "private_directory.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

namespace turngreen::pipeline {

Result<PrivateDirectory> PrivateDirectory::make(std::size_t longest) {
  std::string tried;
  const auto note = [&](const std::string& place, std::string_view why) {
    tried += fmt::format("{}{}: {}", tried.empty() ? "" : "; ", place, why);
  };
  const std::array<const char*, 3> places{std::getenv("XDG_RUNTIME_DIR"), std::getenv("TMPDIR"),
                                          "/tmp"};
  for (const char* place : places) {
    if (place == nullptr || *place != '/') continue;
    std::string path = std::string(place) + "/turngreen-XXXXXX";
    if (path.size() > longest) {
      note(place, "its path is too long for a socket");
    } else if (::mkdtemp(path.data()) == nullptr) {
      note(place, std::strerror(errno));
    } else {
      return PrivateDirectory(path);
    }
  }
  return fail(Error::Kind::io, fmt::format("no private directory could be made ({})", tried));
}

PrivateDirectory::PrivateDirectory(PrivateDirectory&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

PrivateDirectory::~PrivateDirectory() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace turngreen::pipeline
