#include "engine_handover.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "exit_status.h"
#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::cli {
namespace {

using pipeline::kEngineProgram;

}  // namespace

Action configure_handover(CLI::App&) {
  // Never called: a handed-over command is not parsed here.
  return [](Console&, const std::vector<std::string>&) { return kExitUsage; };
}

int hand_over(std::span<const std::string> places, std::span<const std::string> arguments,
              Console& console) {
  std::vector<std::string> words(arguments.begin(), arguments.end());
  words.insert(words.begin(), std::string(kEngineProgram));
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
                        kEngineProgram)
          : refused);
  return kExitFailure;
}

int hand_over_to_engine(std::span<const std::string> arguments, Console& console) {
  return hand_over(pipeline::engine_places(), arguments, console);
}

}  // namespace turngreen::cli
