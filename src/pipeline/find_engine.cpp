#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {

std::vector<std::string> engine_places(std::string_view executable, std::string_view path) {
  std::vector<std::string> places;
  if (const auto slash = executable.rfind('/'); slash != std::string_view::npos) {
    places.push_back(fmt::format("{}/{}", executable.substr(0, slash), kEngineProgram));
  }
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    if (!folder.empty()) places.push_back(fmt::format("{}/{}", folder, kEngineProgram));
  }
  return places;
}

std::vector<std::string> engine_places() {
  std::error_code error;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
  const char* path = std::getenv("PATH");
  return engine_places(error ? "" : executable.string(), path == nullptr ? "" : path);
}

std::string find_engine() {
  for (const std::string& place : engine_places()) {
    if (::access(place.c_str(), X_OK) == 0) return place;
  }
  return std::string(kEngineProgram);
}

}  // namespace turngreen::pipeline
