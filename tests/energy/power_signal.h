#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace turngreen::energy {

/// A made-up power over time, constant or linear in pieces, whose energy is known exactly.
class PowerSignal {
 public:
  struct Piece {
    double seconds = 0;
    double watts_begin = 0;
    double watts_end = 0;
  };

  explicit PowerSignal(const std::vector<Piece>& pieces) : pieces_(pieces) {
    double time = 0;
    double energy = 0;
    for (const Piece& piece : pieces_) {
      begins_.push_back(time);
      joules_.push_back(energy);
      time += piece.seconds;
      energy += piece.seconds * (piece.watts_begin + piece.watts_end) / 2;
    }
    length_ = time;
  }

  double length() const { return length_; }
  /// Joules from the start of the signal to `time` seconds.
  double joules(double time) const {
    time = std::clamp(time, 0.0, length_);
    const auto found = std::upper_bound(begins_.begin(), begins_.end(), time);
    const auto i = static_cast<std::size_t>(found - begins_.begin() - 1);
    const Piece& piece = pieces_[i];
    const double into = std::min(time - begins_[i], piece.seconds);
    const double slope = (piece.watts_end - piece.watts_begin) / piece.seconds;
    return joules_[i] + into * (piece.watts_begin + slope * into / 2);
  }

  /// 20 to 320 W, changing abruptly every 0.2 to 3 s.
  static PowerSignal steps(std::mt19937_64& random, double seconds) {
    return made_of(random, seconds, 0.2, 3, [&](double) {
      const double level = uniform(random, 20, 320);
      return std::pair{level, level};
    });
  }
  static PowerSignal ramps(std::mt19937_64& random, double seconds) {
    return made_of(random, seconds, 0.5, 4, [&](double) {
      return std::pair{uniform(random, 20, 320), uniform(random, 20, 320)};
    });
  }
  /// 60 W with bursts to 300 W of 1 to 100 ms, a tenth to half of the time.
  static PowerSignal bursts(std::mt19937_64& random, double seconds) {
    bool high = false;
    std::vector<Piece> pieces;
    for (double time = 0; time < seconds;) {
      high = !high;
      const double length = uniform(random, 0.001, 0.1) * (high ? 1 : uniform(random, 1, 9));
      pieces.push_back({length, high ? 300.0 : 60.0, high ? 300.0 : 60.0});
      time += length;
    }
    return PowerSignal(pieces);
  }

 private:
  static double uniform(std::mt19937_64& random, double low, double high) {
    return std::uniform_real_distribution(low, high)(random);
  }
  template <typename Levels>
  static PowerSignal made_of(std::mt19937_64& random, double seconds, double shortest,
                             double longest, Levels levels) {
    std::vector<Piece> pieces;
    for (double time = 0; time < seconds;) {
      const double length = uniform(random, shortest, longest);
      const auto [begin, end] = levels(length);
      pieces.push_back({length, begin, end});
      time += length;
    }
    return PowerSignal(pieces);
  }

  std::vector<Piece> pieces_;
  std::vector<double> begins_, joules_;
  double length_ = 0;
};

}  // namespace turngreen::energy
