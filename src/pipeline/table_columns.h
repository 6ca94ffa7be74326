#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "fault_lines.h"
#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/table_pipeline.h"

namespace turngreen::pipeline {

/// Which column of a table holds what.
struct TableColumns {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  std::vector<std::size_t> knobs;    ///< one for each knob of the space
  std::vector<std::size_t> joules;   ///< one for each stage
  std::vector<std::size_t> seconds;  ///< one for each stage; kNone: nothing tells them
  std::vector<std::size_t> quality;  ///< one for each metric
  std::size_t fidelity = kNone;

  /// Finds them in the table's first row. Those that are missing or doubled, and seconds of a stage
  /// that is none, become faults.
  static TableColumns find(std::span<const std::string> header, const TableDescription& description,
                           const knobs::Space& space, FaultLines& faults);
};

}  // namespace turngreen::pipeline
