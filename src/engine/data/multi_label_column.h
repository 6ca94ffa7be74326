#pragma once

#include <utility>
#include <vector>

#include "class_names.h"
#include "label_column.h"

namespace turngreen::data {

/// Any number of several classes: a list of their names, or of a 0 or 1 for each of them. A text
/// that begins with [ is such a list in JSON, so that CSV can hold one.
class MultiLabelColumn final : public LabelColumn {
 public:
  explicit MultiLabelColumn(ClassNames names) : names_(std::move(names)) {}
  Result<void> add(const Cell& cell) override;
  checkpoint::Labels finish(Examples& examples) override;

 private:
  Result<void> add_names(const std::vector<std::string>& names);
  Result<void> add_flags(const std::vector<double>& flags);

  ClassNames names_;
  std::size_t outputs_ = 0;        ///< of lists of 0 and 1; 0: none has been seen
  std::vector<std::int64_t> ids_;  ///< of all rows, head to tail
  std::vector<std::size_t> ends_;  ///< of each row in ids_
};

}  // namespace turngreen::data
