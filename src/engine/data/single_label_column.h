#pragma once

#include <vector>

#include "class_names.h"
#include "label_column.h"

namespace turngreen::data {

/// One of several classes.
class SingleLabelColumn final : public LabelColumn {
 public:
  explicit SingleLabelColumn(ClassNames names) : names_(std::move(names)) {}
  Result<void> add(const Cell& cell) override;
  checkpoint::Labels finish(Examples& examples) override;

 private:
  ClassNames names_;
  std::vector<std::int64_t> ids_;
};

}  // namespace turngreen::data
