#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace turngreen::pipeline {

/// The faults of one input, a line each. Beyond the first twenty they are only counted.
class FaultLines {
 public:
  void add(std::string_view fault);
  bool empty() const { return count_ == 0; }
  std::string text() const;

 private:
  std::string lines_;
  std::size_t count_ = 0;
};

}  // namespace turngreen::pipeline
