#pragma once

#include <string>
#include <utility>
#include <vector>

#include "label_column.h"

namespace turngreen::data {

/// One number.
class RegressionColumn final : public LabelColumn {
 public:
  /// `names`: of the model's output; none where there is no model yet.
  explicit RegressionColumn(std::vector<std::string> names) : names_(std::move(names)) {}
  Result<void> add(const Cell& cell) override;
  checkpoint::Labels finish(Examples& examples) override;

 private:
  std::vector<std::string> names_;
  std::vector<float> numbers_;
};

}  // namespace turngreen::data
