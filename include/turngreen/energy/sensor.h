#pragma once

#include <cstdint>
#include <span>

#include "turngreen/energy/domain.h"

namespace turngreen::energy {

/// One raw reading of one domain, in the domain's RawUnit. A failed read says why and holds no
/// number.
struct Reading {
  enum class State : std::uint8_t {
    ok,
    missing,  ///< the device or file is gone, or its driver answered with an error
    denied,   ///< the right to read it was lost
  };
  State state = State::missing;
  std::uint64_t value = 0;
  /// The interval that the sensor itself claims (an estimator's spread, a power sensor's accuracy);
  /// equal to value for a counter.
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  static constexpr Reading of(std::uint64_t value) { return {State::ok, value, value, value}; }
  static constexpr Reading missing() { return {}; }
  static constexpr Reading denied() { return {State::denied, 0, 0, 0}; }

  friend constexpr bool operator==(const Reading&, const Reading&) = default;
};

/// Something that tells the energy or power of one or more domains. Opened by a named static
/// (`open`) of each kind, which takes its root path or library as an argument. Used by one thread
/// at a time.
class Sensor {
 public:
  Sensor() = default;
  Sensor(const Sensor&) = delete;
  Sensor& operator=(const Sensor&) = delete;
  virtual ~Sensor() = default;

  /// Fixed once open; the order of the readings.
  virtual std::span<const Domain> domains() const = 0;
  /// One reading per domain, in that order; `out.size() == domains().size()`. A failed read is
  /// Reading::missing() or Reading::denied(), never zero. Allocates nothing; never throws.
  virtual void read(std::span<Reading> out) noexcept = 0;
};

}  // namespace turngreen::energy
