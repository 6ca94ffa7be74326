#pragma once

#include <string_view>

#include "turngreen/energy/meter.h"

namespace turngreen::energy {

/// Measures a scope: opens a span at construction and closes it at destruction, two clock reads and
/// no sensor. The meter must outlive it.
class [[nodiscard]] ScopedSpan {
 public:
  ScopedSpan(Meter& meter, std::string_view stage) noexcept
      : meter_(meter), id_(meter.open(stage)) {}
  ScopedSpan(Meter& meter, StageId stage) noexcept : meter_(meter), id_(meter.open(stage)) {}
  ~ScopedSpan() { meter_.close(id_); }
  ScopedSpan(const ScopedSpan&) = delete;
  ScopedSpan& operator=(const ScopedSpan&) = delete;

 private:
  Meter& meter_;
  SpanId id_;
};

}  // namespace turngreen::energy
