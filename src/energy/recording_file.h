#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "recording_stream.h"
#include "turngreen/energy/recording.h"

namespace turngreen::energy {

/// The file behind a RecordingWriter: gathers encoded calls and writes them now and then. The first
/// error stops all writing and is told by finish.
struct RecordingWriter::State {
  std::filesystem::path file;
  std::filesystem::path part;
  int descriptor = -1;
  int owner = 0;  ///< process that created it: a fork's copy must not write
  int error = 0;  ///< errno of the first failure
  std::uint64_t checksum = kEmptyChecksum;
  Instant last_write;
  RecordingEncoder encoder;

  /// Writes what is gathered when it is much or old.
  void write_some(Instant now);
  void write_all();
  ~State();
};

}  // namespace turngreen::energy
