#pragma once

#include <filesystem>
#include <memory>
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

/// Replays a table. A configuration without a row is infeasible and costs nothing. Of the repeats
/// of a configuration, the one drawn depends on the seed and the configuration alone: seeds that
/// follow each other go through all repeats before one comes again.
class TablePipeline final : public Pipeline {
 public:
  /// Error, one line for each fault: the file cannot be read or is larger than 256 MB, a column is
  /// missing (with the nearest one), a cell is no number, below zero or not finite, the baseline
  /// has no row at full fidelity. Rows with a value that no knob has are left out.
  static Result<std::unique_ptr<TablePipeline>> open(const TableDescription& description,
                                                     const knobs::Space& space);
  ~TablePipeline() override;

  Outcome run(const RunRequest& request) override;
  std::span<const double> fidelities() const override;
  bool measures() const override { return false; }
  /// Rows that were left out since a value in them belongs to no knob.
  std::size_t rows_left_out() const;

 private:
  struct Rows;
  explicit TablePipeline(std::unique_ptr<Rows> rows);
  std::unique_ptr<Rows> rows_;
};

}  // namespace turngreen::pipeline
