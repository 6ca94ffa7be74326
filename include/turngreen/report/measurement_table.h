#pragma once

#include <cstddef>
#include <string>

#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

struct TableStyle {
  std::size_t columns =
      80;  ///< of the terminal; columns that do not fit are left out, least needed first
  bool colour = false;
};

/// One run for people: what was measured by what, energy with bounds per stage and per domain, what
/// follows from it (above idle, carbon, cost), and every fault in a sentence. A '~' stands before
/// each number that holds estimated joules.
std::string measurement_table(const pipeline::Measurement& measurement, const TableStyle& style);

}  // namespace turngreen::report
