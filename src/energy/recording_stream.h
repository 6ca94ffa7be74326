#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account.h"
#include "turngreen/units/result.h"

namespace turngreen::energy {

/// The recording's bytes: a signature, the account's setup, then the calls made on the account,
/// each as a tag and numbers (variable-length, as differences from the last of their kind), then
/// the note and a checksum of all before.
inline constexpr std::string_view kRecordingSignature = "TURNGREEN-RECORDING 1\n";

/// Numbers that calls are told relative to; the same on both sides.
struct RecordingState {
  std::int64_t time = 0;
  std::int64_t suspended = 0;
  std::vector<Reading> readings;
  std::vector<ShareReading> shares;
};

/// Appends encoded calls to a buffer that the caller empties.
class RecordingEncoder {
 public:
  void setup(const Account::Setup& setup);
  void begin(Instant at);
  void name(StageId stage, std::string_view name);
  void sample(const Sample& sample);
  void mark(const Mark& mark);
  void note(const Fault& fault);
  void finish(Instant at, units::Duration sampling_time);
  void trailer(std::string_view note, std::uint64_t checksum);

  std::string& buffer() { return buffer_; }

 private:
  void byte(std::uint8_t value);
  void number(std::uint64_t value);
  void difference(std::int64_t value);
  void time(Instant at);
  void text(std::string_view value);

  std::string buffer_;
  RecordingState state_;
};

/// FNV-1a over what was written so far.
std::uint64_t extend_checksum(std::uint64_t checksum, std::string_view bytes);
inline constexpr std::uint64_t kEmptyChecksum = 0xcbf29ce484222325U;

struct DecodedRecording {
  std::optional<Statement> statement;  ///< absent: not even one sample
  std::string note;
  bool complete = false;
};

/// Runs the calls of a whole recording on an account. Errors name the byte. A recording that merely
/// ends too early is accounted up to its last sample.
Result<DecodedRecording> decode_recording(std::string_view bytes);

}  // namespace turngreen::energy
