// Tells the energy meter what this program is doing, in two lines:
//
//     #include "turngreen_run.hpp"
//     turngreen::run::Stage stage("train");  // until the end of the scope
//
// C++17, no dependencies, over turngreen_run.h (which says the rest: threads, forks, and that
// nothing happens outside `turngreen measure`). Apache-2.0.
#pragma once

#include <string>
#include <utility>

#include "turngreen_run.h"

namespace turngreen::run {

/// A stage of the program, from construction to destruction. Movable, also to another thread.
class [[nodiscard]] Stage {
 public:
  explicit Stage(const char* name) : span_(turngreen_open(name)) {}
  explicit Stage(const std::string& name) : Stage(name.c_str()) {}
  Stage(Stage&& other) noexcept : span_(std::exchange(other.span_, 0)) {}
  Stage& operator=(Stage&& other) noexcept {
    std::swap(span_, other.span_);
    return *this;
  }
  ~Stage() { end(); }

  /// Before the end of the scope.
  void end() { turngreen_close(std::exchange(span_, 0)); }

 private:
  std::uint64_t span_;
};

inline void progress(std::uint64_t samples, std::uint64_t tokens = 0) {
  turngreen_progress(samples, tokens);
}
inline void total(std::uint64_t samples) { turngreen_total(samples); }
inline void metric(const std::string& name, double value) { turngreen_metric(name.c_str(), value); }
inline void effective(const std::string& knob, double value) {
  turngreen_effective_number(knob.c_str(), value);
}
inline void effective(const std::string& knob, int value) {
  turngreen_effective_number(knob.c_str(), value);
}
inline void effective(const std::string& knob, bool value) {
  turngreen_effective_bool(knob.c_str(), value ? 1 : 0);
}
inline void effective(const std::string& knob, const char* value) {
  turngreen_effective_text(knob.c_str(), value);
}
inline void effective(const std::string& knob, const std::string& value) {
  turngreen_effective_text(knob.c_str(), value.c_str());
}
inline void predictions(const std::string& file) { turngreen_predictions(file.c_str()); }

}  // namespace turngreen::run
