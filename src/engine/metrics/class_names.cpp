#include "class_names.h"

#include <algorithm>

namespace turngreen::metrics {
namespace {

std::string free_name(const std::vector<std::string>& taken, const std::string& figure,
                      const std::string& name) {
  std::string wanted = figure + '_' + name;
  std::string prefix = figure + "_class_";
  while (std::find(taken.begin(), taken.end(), wanted) != taken.end()) {
    wanted = prefix + name;
    prefix += "class_";
  }
  return wanted;
}

}  // namespace

std::string class_name(const MetricOptions& options, std::size_t index) {
  return index < options.labels.size() ? options.labels[index] : std::to_string(index);
}

void add_class_figures(std::vector<std::string>& names, const MetricOptions& options,
                       std::size_t classes) {
  for (std::size_t k = 0; k < classes; ++k) {
    for (const char* figure : {"precision", "recall", "f1"}) {
      names.push_back(free_name(names, figure, class_name(options, k)));
    }
  }
}

}  // namespace turngreen::metrics
