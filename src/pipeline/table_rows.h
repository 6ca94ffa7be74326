#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/table_pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

struct TableColumns;

/// One run on record. Absent: the cell is empty.
struct TableRow {
  std::size_t line = 0;
  std::vector<std::optional<double>> joules;   ///< in the order of TableDescription::stages
  std::vector<std::optional<double>> seconds;  ///< likewise; absent too where no column tells them
  std::vector<std::optional<double>> quality;  ///< in the order of TableDescription::quality
};

/// The rows of a table, found by configuration and fidelity.
class TableRows {
 public:
  struct Repeats {
    double fidelity = 1;
    std::vector<TableRow> rows;
  };

  /// See TablePipeline::open for what is an error. Hostile input is expected.
  static Result<TableRows> parse(std::string_view csv, const TableDescription& description,
                                 const knobs::Space& space);

  /// In ascending order of their fidelity; empty: nothing is on record.
  std::span<const Repeats> of(const knobs::Configuration& configuration) const;
  /// All that occur, ascending.
  std::span<const double> fidelities() const { return fidelities_; }
  std::size_t left_out() const { return left_out_; }

 private:
  class Reader;
  struct Hash {
    std::size_t operator()(const knobs::Configuration& configuration) const;
  };
  std::unordered_map<knobs::Configuration, std::vector<Repeats>, Hash> found_;
  std::vector<double> fidelities_;
  std::size_t left_out_ = 0;
};

}  // namespace turngreen::pipeline
