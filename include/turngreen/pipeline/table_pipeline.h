#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// Published or recorded trials in a CSV file: one column for each knob (its name is the knob's
/// id), and those named here. Several rows of one configuration are repeats of it.
struct TableDescription {
  std::filesystem::path file;
  using Columns = std::vector<std::pair<std::string, std::string>>;  ///< our name, column
  Columns stages;                                                    ///< joules of each stage
  Columns seconds;       ///< of each stage; may lack some
  Columns quality;       ///< metrics
  std::string fidelity;  ///< column with the share of the full job; empty: all rows are full runs
};

class TableRows;

/// Replays a table. A configuration without a row at the fidelity asked for is infeasible and costs
/// nothing. A row with an empty cell has failed; it costs what its other cells say.
///
/// Of n repeats of a configuration at a fidelity, the one drawn depends on these and the seed
/// alone. The n seeds from a multiple of n on (0 .. n-1, n .. 2n-1) give each repeat once; their
/// order is shuffled anew for every n of them.
///
/// `watch` is called after each stage but the last, so that a run can be stopped between two
/// stages: it has cost the stages before.
class TablePipeline final : public Pipeline {
 public:
  /// Error, one line for each fault: the file cannot be read or is larger than 256 MB, a column is
  /// missing (with the nearest one), a cell is no number, below zero or not finite, the baseline
  /// has no row at full fidelity, there are more than 100 fidelities. Rows with a value that is
  /// none of its knob's are left out.
  static Result<std::unique_ptr<TablePipeline>> open(const TableDescription& description,
                                                     const knobs::Space& space);
  ~TablePipeline() override;

  Outcome run(const RunRequest& request) override;
  std::span<const double> fidelities() const override;
  /// Whether a row is on record, at whatever fidelity.
  bool can_run(const knobs::Configuration& configuration) const override;
  bool measures() const override { return false; }
  /// Rows that were left out since a value in them is none of its knob's.
  std::size_t rows_left_out() const;

 private:
  TablePipeline(TableDescription description, knobs::Space space, std::unique_ptr<TableRows> rows);
  TableDescription description_;
  knobs::Space space_;
  std::unique_ptr<TableRows> rows_;
};

}  // namespace turngreen::pipeline
