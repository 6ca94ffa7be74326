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

  constexpr bool contains(T truth) const { return low <= truth && truth <= high; }

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

template <typename T>
constexpr Bounded<T>& operator+=(Bounded<T>& a, const Bounded<T>& b) {
  return a = a + b;
}

/// Times something exact that T can be multiplied by: a number, or another quantity (bounded energy
/// times a carbon intensity is bounded carbon). A negative factor, such as a negative price, swaps
/// the bounds.
template <typename T, typename Factor>
constexpr auto operator*(const Bounded<T>& a, const Factor& factor)
    -> Bounded<decltype(a.value * factor)> {
  const auto low = a.low * factor;
  const auto high = a.high * factor;
  if (high < low) return {a.value * factor, high, low};
  return {a.value * factor, low, high};
}

/// Divided by something exact and not zero: a number, or a quantity (bounded energy by a duration).
template <typename T, typename Divisor>
constexpr auto operator/(const Bounded<T>& a, const Divisor& divisor)
    -> Bounded<decltype(a.value / divisor)> {
  const auto low = a.low / divisor;
  const auto high = a.high / divisor;
  if (high < low) return {a.value / divisor, high, low};
  return {a.value / divisor, low, high};
}

}  // namespace turngreen::units
