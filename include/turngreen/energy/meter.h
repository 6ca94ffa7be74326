#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "turngreen/energy/mark.h"
#include "turngreen/energy/sensor.h"
#include "turngreen/energy/share.h"
#include "turngreen/energy/statement.h"

namespace turngreen::energy {

class RecordingWriter;

/// By hand: no thread is started, and Meter::sample takes each sample (tests, replays of signals).
enum class Sampling { by_thread, by_hand };

struct MeterOptions {
  Sampling sampling = Sampling::by_thread;
  /// 1 ms to 1 s between samples; where a counter as slow is read, 6 % less, so that the samples do
  /// not keep step with its updates.
  units::Duration period = units::milliseconds(100);
  RecordingWriter* recording = nullptr;  ///< borrowed: gets every sample and mark
  ShareReader* share = nullptr;          ///< borrowed: counts a process tree's share
};

/// Turns sensors' readings into one monotone curve of joules per domain, and spans into energy. One
/// sampling thread reads the sensors; a span is two timestamps, priced once the curve has passed
/// them.
///
/// open and close may be called from any thread at any time. They take no lock and allocate
/// nothing; when marks come faster than they can be accounted, they wait for room. After a fork,
/// the child's calls do nothing.
class Meter {
 public:
  /// Takes a first sample at once (by hand: none). Throws std::invalid_argument for a period out of
  /// range or no sensors.
  explicit Meter(std::vector<std::unique_ptr<Sensor>> sensors, MeterOptions options = {});
  Meter(const Meter&) = delete;
  Meter& operator=(const Meter&) = delete;
  ~Meter();

  std::span<const Domain> domains() const;

  /// Starts the window that the statement covers, by default at the first sample; finish ends it.
  /// To be called before the first span.
  void begin(Instant at = Instant::now());

  /// Interns a stage's name (at most 256 bytes are kept; beyond 1,000 different names all further
  /// ones become
  /// "(other stages)", which is a fault). The same name gives the same id.
  StageId stage(std::string_view name) noexcept;

  /// Opens a span now, on the calling thread's track, within the innermost span open there.
  SpanId open(StageId stage) noexcept;
  SpanId open(std::string_view stage_name) noexcept { return open(stage(stage_name)); }
  /// Closes it now; from any thread. An unknown or closed span is a fault in the statement, nothing
  /// else.
  void close(SpanId span) noexcept;

  /// The same for another process, with its own timestamps. `parent` 0: the innermost span open on
  /// `track`.
  SpanId open_at(StageId stage, TrackId track, SpanId parent, Instant at) noexcept;
  void close_at(SpanId span, Instant at) noexcept;

  /// Asks the sampling thread for a sample right now, so that a span's edge is known closely; at
  /// most one per millisecond is taken. Returns at once.
  void sample_soon() noexcept;
  /// Takes one sample now (Sampling::by_hand).
  void sample();
  /// The same at a made-up time, for tests: the sensors are read and taken to have been read at
  /// `at`.
  void sample(Instant at);

  /// Adds what the caller noticed (a broken protocol line) to the statement's faults.
  void note(Fault fault);

  /// The account for a live view: up to about half a second ago, when everything is known for good.
  Statement snapshot();
  /// Ends the window at `at`, waits until the slowest counter has shown what belongs to it (its
  /// step, but no longer than 5 ms plus 2 % of the window), and gives the whole account. Open spans
  /// end at `at`. Call once.
  Statement finish(Instant at = Instant::now());

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace turngreen::energy
