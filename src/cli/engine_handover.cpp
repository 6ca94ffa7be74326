#include "engine_handover.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "exit_status.h"

namespace turngreen::cli {
namespace {

constexpr std::string_view kEngine = "turngreen-engine";

}  // namespace

Action configure_handover(CLI::App&) {
  // Never called: a handed-over command is not parsed here.
  return [](Console&, const std::vector<std::string>&) { return kExitUsage; };
}

std::vector<std::string> engine_places(std::string_view executable, std::string_view path) {
  std::vector<std::string> places;
  if (const auto slash = executable.rfind('/'); slash != std::string_view::npos) {
    places.push_back(fmt::format("{}/{}", executable.substr(0, slash), kEngine));
  }
  while (!path.empty()) {
    const std::string_view folder = path.substr(0, path.find(':'));
    path.remove_prefix(std::min(path.size(), folder.size() + 1));
    if (!folder.empty()) places.push_back(fmt::format("{}/{}", folder, kEngine));
  }
  return places;
}

int hand_over(std::span<const std::string> places, std::span<const std::string> arguments,
              Console& console) {
  std::vector<std::string> words(arguments.begin(), arguments.end());
  words.insert(words.begin(), std::string(kEngine));
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::string refused;  // there, but not to be started
  for (const std::string& place : places) {
    ::execv(place.c_str(), argv.data());
    if (errno != ENOENT && errno != ENOTDIR && refused.empty()) {
      refused = fmt::format("{} cannot be started: {}", place, std::strerror(errno));
    }
  }
  const std::string_view command = arguments.empty() ? std::string_view() : arguments.front();
  console.err << fmt::format(
      "turngreen {}: {}\n", command,
      refused.empty()
          ? fmt::format("{} does this, and it is neither beside turngreen nor on PATH; build "
                        "it (cmake -D TURNGREEN_ENGINE=ON) or put it there",
                        kEngine)
          : refused);
  return kExitFailure;
}

int hand_over_to_engine(std::span<const std::string> arguments, Console& console) {
  std::error_code error;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
  const char* path = std::getenv("PATH");
  const auto places = engine_places(error ? "" : executable.string(), path == nullptr ? "" : path);
  return hand_over(places, arguments, console);
}

}  // namespace turngreen::cli
