#include "turngreen/pipeline/run_protocol.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "require.h"

namespace turngreen::pipeline {
namespace {

using fuzz::require;

/// Lines as long as the protocol allows need few bytes of input: kBlanksByte stands for many
/// blanks.
constexpr char kBlanksByte = '\x01';
constexpr std::size_t kBlanks = 40'000;
constexpr int kMostExpansions = 4;

std::string expanded(std::string_view input) {
  std::string stream;
  int expansions = 0;
  for (const char c : input) {
    if (c == kBlanksByte && expansions < kMostExpansions) {
      stream.append(kBlanks, ' ');
      ++expansions;
    } else {
      stream += c;
    }
  }
  return stream;
}

struct Split {
  std::vector<std::string> lines;
  std::size_t too_long = 0;

  friend bool operator==(const Split&, const Split&) = default;
};

Split split(std::string_view stream, std::size_t chunk) {
  Split seen;
  LineSplitter splitter;
  for (; !stream.empty(); stream.remove_prefix(std::min(chunk, stream.size()))) {
    splitter.feed(
        stream.substr(0, chunk), [&](std::string_view line) { seen.lines.emplace_back(line); },
        [&] { ++seen.too_long; });
  }
  if (auto rest = splitter.rest()) seen.lines.push_back(std::move(*rest));
  require(!splitter.rest(), "nothing is left after the rest");
  return seen;
}

bool printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

void require_name(const std::string& name, bool may_be_empty) {
  require(may_be_empty || !name.empty(), "a name is there where it must be");
  require(name.size() <= kMaxNameBytes, "a name is bounded");
  require(printable(name), "a name holds no control characters");
}

struct MessageCheck {
  void operator()(const BeginMessage& message) const {
    require_name(message.stage, false);
    require_name(message.span, true);
    require_name(message.parent, true);
    require_name(message.track, true);
    require(!message.time || message.time->in_nanoseconds() >= 0, "a time is not negative");
  }
  void operator()(const EndMessage& message) const {
    require_name(message.stage, true);
    require_name(message.span, true);
    require_name(message.track, true);
    require(!message.time || message.time->in_nanoseconds() >= 0, "a time is not negative");
  }
  void operator()(const ProgressMessage& message) const { require_name(message.track, true); }
  void operator()(const MetricMessage& message) const {
    require_name(message.name, false);
    require(std::isfinite(message.value), "a metric is finite");
  }
  void operator()(const EffectiveMessage& message) const {
    require_name(message.knob, false);
    if (const auto* text = std::get_if<std::string>(&message.value)) {
      require(text->size() <= kMaxTextBytes && printable(*text), "a text is bounded and printable");
    }
    if (const auto* number = std::get_if<double>(&message.value)) {
      require(std::isfinite(*number), "an effective value is finite");
    }
  }
  void operator()(const PredictionsMessage& message) const {
    require(
        !message.file.empty() && message.file.size() <= kMaxTextBytes && printable(message.file),
        "a file name is there, bounded and printable");
  }
};

void check_line(const std::string& line) {
  require(line.size() <= kMaxLineBytes, "a line is bounded");
  require(line.find('\n') == std::string::npos, "a line holds no newline");
  const auto message = parse_message(line);
  if (message) {
    std::visit(MessageCheck{}, *message);
  } else {
    constexpr std::size_t kMostErrorBytes = 1024;
    require(!message.error().message.empty(), "an error says something");
    require(message.error().message.size() <= kMostErrorBytes, "an error is bounded");
    require(printable(message.error().message), "an error holds no control characters");
  }
}

/// The first byte says in pieces of how many bytes the rest arrives.
void feed(std::string_view input) {
  if (input.empty()) return;
  const std::size_t chunk = 1 + static_cast<unsigned char>(input.front());
  const std::string stream = expanded(input.substr(1));
  const Split whole = split(stream, stream.size() + 1);
  require(split(stream, chunk) == whole, "lines do not depend on how the bytes arrive");
  for (const std::string& line : whole.lines) check_line(line);
}

}  // namespace
}  // namespace turngreen::pipeline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::pipeline::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
