#pragma once

#include <string>
#include <vector>

#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// How well one energy domain (cpu, gpu, ram, package-0) agrees with itself between repeats.
struct DomainAgreement {
  std::string domain;
  double share = 0;         ///< of all joules of the repeated stages
  std::size_t groups = 0;   ///< stages of configurations that were repeated
  double median_ratio = 1;  ///< of the largest to the least joules of a stage among repeats
  double worst_ratio = 1;
  std::string worst_configuration, worst_stage;
};

/// Looks at each stage of each configuration with two full runs or more, where the trials tell the
/// energy by domain and the stage took at least a second in all of them.
std::vector<DomainAgreement> domain_agreement(const study::StudyFile& study,
                                              const std::vector<study::Trial>& trials);

/// A sentence for each domain whose median ratio is above twice that of the most consistent domain
/// and above 1.2, naming that domain as the one to go by. Empty: all agree, or there is but one.
std::vector<std::string> domain_notes(const std::vector<DomainAgreement>& domains);

}  // namespace turngreen::explore
