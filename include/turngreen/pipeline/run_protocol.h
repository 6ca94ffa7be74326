#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "turngreen/energy/instant.h"
#include "turngreen/units/result.h"

/// The run protocol: how a program tells its meter what it is doing. JSON, one object a line, on
/// the descriptor named by TURNGREEN_RUN_FD (a pipe, inherited) or on the Unix stream socket named
/// by TURNGREEN_RUN_SOCKET. docs/run-protocol.md is its specification.
namespace turngreen::pipeline {

inline constexpr const char* kRunFdVariable = "TURNGREEN_RUN_FD";
/// The pipe's inode number: a client whose descriptor is something else (closed on the way, and its
/// number given to another file) must not write there.
inline constexpr const char* kRunInodeVariable = "TURNGREEN_RUN_INODE";
inline constexpr const char* kRunSocketVariable = "TURNGREEN_RUN_SOCKET";
/// The span that a program was started in, for the `parent` of its outermost spans; set by clients.
inline constexpr const char* kRunParentVariable = "TURNGREEN_RUN_PARENT";
inline constexpr std::size_t kMaxLineBytes = 65536;
inline constexpr std::size_t kMaxNameBytes = 256;   ///< stages, spans, tracks, metrics, knobs
inline constexpr std::size_t kMaxTextBytes = 4096;  ///< effective values, file names
inline constexpr int kMaxDepth = 8;  ///< of objects and lists, the line's own included

struct BeginMessage {
  std::string stage;
  std::optional<energy::Instant> time;  ///< absent: when the line arrived
  std::string span;    ///< the client's own id of the span, unique in the run; may be empty
  std::string parent;  ///< a client's span id; empty: the innermost open span of the track
  std::string track;   ///< "pid.tid"; may be empty
};
struct EndMessage {
  std::string stage;
  std::optional<energy::Instant> time;
  std::string span;
  std::string track;
};
struct ProgressMessage {
  std::uint64_t samples = 0;
  std::uint64_t tokens = 0;
  std::string track;
  std::uint64_t total = 0;  ///< samples that the stage is going to do in all; 0: not said
};
struct MetricMessage {
  std::string name;
  double value = 0;
};
struct EffectiveMessage {
  std::string knob;
  std::variant<std::string, double, bool> value;
};
struct PredictionsMessage {
  std::string file;
};
using Message = std::variant<BeginMessage, EndMessage, ProgressMessage, MetricMessage,
                             EffectiveMessage, PredictionsMessage>;

/// Reads one line (without its newline). The error names the field and what it may be. Hostile
/// input is expected: bounded depth, size and names; never throws.
Result<Message> parse_message(std::string_view line);

/// Cuts a byte stream into lines with bounded memory: a line beyond kMaxLineBytes is skipped to its
/// end and reported once.
class LineSplitter {
 public:
  /// Calls `line` for each whole line of `bytes` and what was kept before; `too_long` for each
  /// skipped line.
  void feed(std::string_view bytes, const std::function<void(std::string_view)>& line,
            const std::function<void()>& too_long);
  /// What is left at the end of the stream without a newline, if anything; nothing of a skipped
  /// line.
  std::optional<std::string> rest();

 private:
  std::string kept_;
  bool skipping_ = false;
};

}  // namespace turngreen::pipeline
