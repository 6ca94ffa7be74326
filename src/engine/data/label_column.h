#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// Makes what a model learns from out of the cells of a column.
class LabelColumn {
 public:
  LabelColumn() = default;
  LabelColumn(const LabelColumn&) = delete;
  LabelColumn& operator=(const LabelColumn&) = delete;
  virtual ~LabelColumn() = default;

  /// The next row's label. Error: it does not fit; then nothing has been added.
  virtual Result<void> add(const Cell& cell) = 0;
  /// Puts all of them into `examples`, and says what the classes are. Once, at the end.
  virtual checkpoint::Labels finish(Examples& examples) = 0;
};

/// `known`: the model's labels, whose problem counts then.
std::unique_ptr<LabelColumn> make_label_column(checkpoint::Problem problem,
                                               std::optional<checkpoint::Labels> known);

}  // namespace turngreen::data
