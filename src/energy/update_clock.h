#pragma once

#include <cstdint>
#include <optional>

#include "turngreen/energy/instant.h"

namespace turngreen::energy {

/// Follows when a counter is updated, where it is updated at one regular period, from readings that
/// only tell whether it moved between them. Set membership: every two readings bound the time of an
/// update, the bounds of many intersect in a phase and a period, and readings that no regular
/// updates explain start it anew. A pure function of the calls made on it.
class UpdateClock {
 public:
  /// `period`: as the sensor claims it; the true one may differ by a few percent.
  explicit UpdateClock(units::Duration period);

  /// The counter was updated at least once in (after, until].
  void moved(Instant after, Instant until);
  /// It was not updated in (after, until].
  void stood_still(Instant after, Instant until);
  /// What comes has nothing to do with what was.
  void forget();

  /// The time of the last update up to `time`, at or after the updates asked about before; absent
  /// while too little is known to tell it from the one before or after.
  std::optional<Instant> last_update(Instant time) const;

 private:
  /// In nanoseconds since origin_, or for a period of nanoseconds.
  struct Window {
    double earliest = 0;
    double latest = 0;
    double width() const { return latest - earliest; }
    double middle() const { return earliest + width() / 2; }
  };
  /// Updates counted from the last narrowed one, that may lie within a window.
  struct Candidates {
    double first = 0;
    double last = 0;
  };

  static Window intersection(const Window& a, const Window& b);
  Window predicted(double updates) const;
  Candidates candidates(const Window& within) const;
  bool narrow(double updates, const Window& to);
  /// Whether so little was learnt for so long that one update is not told from the next.
  bool lost(Instant at) const;
  void measure_anew();
  void contradict();

  double claimed_;
  bool begun_ = false;
  Instant origin_;
  Window first_;        // the update that the period is measured from
  Window last_;         // the update last narrowed
  double updates_ = 0;  // from the first to the last
  double shown_ = 0;    // from the first to the last that a reading has surely shown
  Window period_;
  std::uint64_t agreed_ = 0;  // readings explained since it began
  std::uint64_t needed_;      // of these, before anything is told; more after each contradiction
};

}  // namespace turngreen::energy
