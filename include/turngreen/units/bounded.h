#pragma once

namespace turngreen::units {

/// A value with the interval it lies in: low <= value <= high, all in T's unit. Intervals of the
/// meter are bounds (the truth is inside if the sensor tells the truth), not confidence levels.
template <typename T>
struct Bounded {
  T value{};
  T low{};
  T high{};

  static constexpr Bounded exactly(T value) { return {value, value, value}; }

  friend constexpr bool operator==(const Bounded&, const Bounded&) = default;
};

/// Bounds of a sum: lows add, highs add (the errors may all point the same way).
template <typename T>
constexpr Bounded<T> operator+(const Bounded<T>& a, const Bounded<T>& b) {
  return {a.value + b.value, a.low + b.low, a.high + b.high};
}

/// Bounds of a difference of independent quantities: a's low less b's high, and the reverse.
template <typename T>
constexpr Bounded<T> operator-(const Bounded<T>& a, const Bounded<T>& b) {
  return {a.value - b.value, a.low - b.high, a.high - b.low};
}

}  // namespace turngreen::units
