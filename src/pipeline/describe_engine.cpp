#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "child_environment.h"
#include "child_process.h"
#include "descriptor.h"
#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

constexpr std::size_t kMostBytes = 4U << 20U;

/// All that is printed into the pipe, or its first bytes.
std::string all_of(const Descriptor& reader) {
  std::string text;
  std::array<char, 1 << 14> part;
  while (text.size() < kMostBytes) {
    const ssize_t count = ::read(reader.number(), part.data(), part.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

Result<std::string> describe_engine(const EngineDescription& engine) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return fail(Error::Kind::io, "cannot make a pipe to turngreen-engine");
  Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  ChildStart how;
  how.command = {engine.program, "describe", "--json", "--model", engine.model.string()};
  how.environment = child_environment({});
  how.seclusion = Seclusion{.directory = {}, .output = writer.number(), .address_space_bytes = {}};
  auto child = ChildProcess::start(how);
  writer.close();
  if (!child) {
    return fail(child.error().kind,
                fmt::format("{}; the engine is looked for beside turngreen, then on PATH: build it "
                            "(cmake -D TURNGREEN_ENGINE=ON) or put it there",
                            child.error().message));
  }
  std::string told = all_of(reader);
  reader.close();
  const auto end = child->wait();
  if (!end) return tl::unexpected(end.error());
  if (end->exit_status != 0) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("pipeline.engine: {}", told.substr(0, told.find_last_not_of('\n') + 1)));
  }
  return told;
}

}  // namespace turngreen::pipeline
