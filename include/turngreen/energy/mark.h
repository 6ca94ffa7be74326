#pragma once

#include <cstdint>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {

/// A stage's name, interned by the meter that handed it out. 0 is the whole measurement.
enum class StageId : std::uint32_t {};
/// One opened span. Never reused within a meter; 0 names none.
enum class SpanId : std::uint64_t {};
/// A line of execution (a thread of some process). The innermost open span of each track is active,
/// unless a span within it is open on another track; spans that are active at once share the energy
/// of that time equally.
enum class TrackId : std::uint64_t {};

/// A span opened or closed at a time. Plain data: it travels through the mark queue and recordings.
struct Mark {
  enum class Kind : std::uint32_t { open, close };
  Kind kind = Kind::open;
  StageId stage{};  ///< open only
  SpanId span{};
  SpanId parent{};  ///< open only; 0: the innermost open span of the same track
  TrackId track{};  ///< open only
  Instant time;

  friend constexpr bool operator==(const Mark&, const Mark&) = default;
};

}  // namespace turngreen::energy
