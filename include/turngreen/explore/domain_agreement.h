#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// How well one energy domain (cpu, gpu, ram, package-0) agrees with itself between repeats.
struct DomainAgreement {
  std::string domain;
  double share = 0;        ///< of all joules of the repeated stages
  std::size_t groups = 0;  ///< stages of configurations that were repeated
  /// Of the largest to the least joules of a stage among repeats; infinite: the least are 0.
  double median_ratio = 1;
  double worst_ratio = 1;
  std::string worst_configuration, worst_stage;
  /// Of the largest to the least mean power of a configuration, in the stage where that is widest.
  /// Repeats may agree and yet all be wrong: a sensor that loses sight of a process does so each
  /// time. Absent: no stage with two configurations that took power.
  struct PowerRange {
    std::string stage;
    std::string least_configuration, most_configuration;
    double least_watts = 0, most_watts = 0;

    double ratio() const { return most_watts / least_watts; }
  };
  std::optional<PowerRange> power;
};

/// Looks at each stage of each configuration with two full runs or more, where the trials tell the
/// energy by domain and the stage took at least a second in all of them. Most energy first.
std::vector<DomainAgreement> domain_agreement(const study::StudyFile& study,
                                              const std::vector<study::Trial>& trials);

/// A sentence for each domain that cannot be gone by: its median ratio is above 1.2 and above twice
/// that of the domain to go by; or its power differs more than 10-fold between configurations, and
/// more than 3 times as widely as that of the domain to go by. That is, of those whose repeats
/// agree within 1.2 in the median, the one with the most energy (where there is none, the one that
/// agrees best). Empty: nothing to say, or there is but one.
std::vector<std::string> domain_notes(const std::vector<DomainAgreement>& domains);

}  // namespace turngreen::explore
