#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "codecarbon_folder.h"
#include "configuration_names.h"
#include "quality_metric.h"
#include "run_groups.h"

namespace turngreen::report {

/// All that an import found out, borrowed.
struct ImportFindings {
  const CodeCarbonFolders& folders;
  const RunGroups& groups;
  const BaselineName& baseline;
  const NamedKnobs& names;
  const std::optional<QualityMetric>& quality;
  std::optional<double> max_drop;
  bool knobs_stated = false;  ///< by a file of the user's
};

/// What was understood, for people: a word and a sentence; some ten of them.
std::vector<std::pair<std::string, std::string>> understood(const ImportFindings& findings);

/// How CodeCarbon comes by its joules, for whoever reads these: what it does not tell, and how much
/// of them is a model.
std::string energy_note(const CodeCarbonFolders& folders);

/// That nobody said how much of the quality may be given up, and what was assumed.
std::string assumed_budget_note(const QualityMetric& quality);

}  // namespace turngreen::report
