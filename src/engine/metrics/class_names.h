#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "score_table.h"

namespace turngreen::metrics {

/// The name of a class, or its number where there is no name.
std::string class_name(const MetricOptions& options, std::size_t index);

/// Adds precision_CLASS, recall_CLASS and f1_CLASS for each class; f1_class_CLASS where such a name
/// is taken already, as by a class called "macro".
void add_class_figures(std::vector<std::string>& names, const MetricOptions& options,
                       std::size_t classes);

}  // namespace turngreen::metrics
