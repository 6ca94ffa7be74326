#include "label_column.h"

#include <utility>

#include "class_names.h"
#include "multi_label_column.h"
#include "regression_column.h"
#include "single_label_column.h"

namespace turngreen::data {

std::unique_ptr<LabelColumn> make_label_column(checkpoint::Problem problem,
                                               std::optional<checkpoint::Labels> known) {
  if (known) problem = known->problem;
  ClassNames names = known ? ClassNames(std::move(known->names)) : ClassNames();
  switch (problem) {
    case checkpoint::Problem::regression:
      return std::make_unique<RegressionColumn>(names.names());
    case checkpoint::Problem::multi_label:
      return std::make_unique<MultiLabelColumn>(std::move(names));
    case checkpoint::Problem::single_label:
      break;
  }
  return std::make_unique<SingleLabelColumn>(std::move(names));
}

}  // namespace turngreen::data
