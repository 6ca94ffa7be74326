#include "repeat_filter.h"

namespace turngreen::data {

bool RepeatFilter::drops(const Row& row, const Mark& mark) {
  const auto repeated = search_.finder->find(mark);
  if (!repeated) return false;
  found_.rows.push_back({row.number, *repeated});
  if (!search_.leaves_out) return false;
  if (labels_.at(repeated->row) != row.label) ++found_.of_other_label;
  return true;
}

void RepeatFilter::keep(const Row& row, const Mark& mark) {
  if (!search_.leaves_out) return;
  search_.finder->add(mark, row.number);
  labels_.emplace(row.number, row.label);
}

}  // namespace turngreen::data
