#include "turngreen/explore/domain_agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

#include "configuration_values.h"

namespace turngreen::explore {
namespace {

constexpr double kShortest = 1;  ///< seconds: a sensor's step is a large part of less
constexpr double kAgrees = 1.2;

constexpr double kWidePower = 10;
constexpr double kWiderThanReliable = 3;

/// What one domain took in the repeats of one stage, and how long those were.
struct Repeats {
  std::vector<double> joules;
  double seconds = 0;
};
using DomainRepeats = std::map<std::string, Repeats>;

/// The stage's energies by domain, of the runs that tell them; empty: it was too short in one.
DomainRepeats repeats_of(const ConfigurationValues& values, const std::string& stage) {
  DomainRepeats repeats;
  for (const auto* trial : values.full) {
    for (const auto& cost : trial->outcome->stages) {
      if (cost.name != stage) continue;
      if (cost.time.in_seconds() < kShortest) return {};
      for (const auto& domain : cost.domains) {
        auto& repeat = repeats[domain.name];
        repeat.joules.push_back(domain.energy.in_joules());
        repeat.seconds += cost.time.in_seconds();
      }
    }
  }
  return repeats;
}

double ratio_of(double least, double most) {
  if (least > 0) return most / least;
  return most > 0 ? std::numeric_limits<double>::infinity() : 1;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

struct Collected {
  DomainAgreement agreement;
  std::vector<double> ratios;
  double joules = 0;
  std::map<std::string, DomainAgreement::PowerRange> power;  ///< by stage
};

void add_power(Collected& domain, double watts, const std::string& configuration,
               const std::string& stage) {
  if (!(watts > 0)) return;
  const auto [place, is_new] = domain.power.try_emplace(stage);
  auto& range = place->second;
  if (is_new) range = {stage, configuration, configuration, watts, watts};
  if (watts < range.least_watts) {
    range.least_watts = watts;
    range.least_configuration = configuration;
  }
  if (watts > range.most_watts) {
    range.most_watts = watts;
    range.most_configuration = configuration;
  }
}

void add_stage(std::map<std::string, Collected>& domains, const DomainRepeats& repeats,
               const std::string& configuration, const std::string& stage) {
  for (const auto& [name, repeat] : repeats) {
    if (repeat.joules.size() < 2) continue;
    Collected& domain = domains[name];
    const auto [least, most] = std::ranges::minmax(repeat.joules);
    const double ratio = ratio_of(least, most);
    domain.ratios.push_back(ratio);
    const double sum = std::accumulate(repeat.joules.begin(), repeat.joules.end(), 0.0);
    domain.joules += sum;
    add_power(domain, sum / repeat.seconds, configuration, stage);
    if (domain.ratios.size() == 1 || ratio > domain.agreement.worst_ratio) {
      domain.agreement.worst_ratio = ratio;
      domain.agreement.worst_configuration = configuration;
      domain.agreement.worst_stage = stage;
    }
  }
}

std::optional<DomainAgreement::PowerRange> widest(const Collected& domain) {
  std::optional<DomainAgreement::PowerRange> found;
  for (const auto& [stage, range] : domain.power) {
    if (range.least_configuration == range.most_configuration) continue;
    if (!found || range.ratio() > found->ratio()) found = range;
  }
  return found;
}

/// The domain to go by; `domains` is not empty, most energy first.
const DomainAgreement& most_reliable(const std::vector<DomainAgreement>& domains) {
  const auto agrees = std::ranges::find_if(
      domains, [](const DomainAgreement& domain) { return domain.median_ratio <= kAgrees; });
  if (agrees != domains.end()) return *agrees;
  return *std::ranges::min_element(domains, {}, &DomainAgreement::median_ratio);
}

std::string go_by(const DomainAgreement& reliable) {
  return fmt::format("go by {}, which holds {:.0f} % of the energy, where it matters",
                     reliable.domain, 100 * reliable.share);
}

std::string repeats_note(const DomainAgreement& domain, const DomainAgreement& reliable) {
  return fmt::format(
      "{} energy does not repeat: the largest of a stage's repeats is {:.3g} times the least in "
      "the "
      "median of {} stages, and {:.3g} times in the worst ({} of {}); that of {} is {:.3g} times: "
      "{}",
      domain.domain, domain.median_ratio, domain.groups, domain.worst_ratio, domain.worst_stage,
      domain.worst_configuration, reliable.domain, reliable.median_ratio, go_by(reliable));
}

std::string power_note(const DomainAgreement& domain, const DomainAgreement& reliable,
                       double reliable_width) {
  const auto& power = *domain.power;
  return fmt::format(
      "{} energy is not consistent: in {} its mean power is {:.3g} W with {} and {:.3g} W with {}, "
      "a factor of {:.3g} where that of {} is {:.3g} at most; perhaps its sensor lost sight of the "
      "process: {}",
      domain.domain, power.stage, power.least_watts, power.least_configuration, power.most_watts,
      power.most_configuration, power.ratio(), reliable.domain, reliable_width, go_by(reliable));
}

}  // namespace

std::vector<DomainAgreement> domain_agreement(const study::StudyFile& study,
                                              const std::vector<study::Trial>& trials) {
  std::map<std::string, Collected> domains;
  for (const auto& values : values_by_configuration(trials)) {
    if (values.full.size() < 2) continue;
    const std::string name = name_of(values, study.space);
    for (const auto& stage : values.stages) {
      add_stage(domains, repeats_of(values, stage.name), name, stage.name);
    }
  }
  double total = 0;
  for (const auto& [name, domain] : domains) total += domain.joules;
  std::vector<DomainAgreement> found;
  for (auto& [name, domain] : domains) {
    auto& agreement = domain.agreement;
    agreement.domain = name;
    agreement.share = total > 0 ? domain.joules / total : 0;
    agreement.groups = domain.ratios.size();
    agreement.median_ratio = median(std::move(domain.ratios));
    agreement.power = widest(domain);
    found.push_back(std::move(agreement));
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &DomainAgreement::share);
  return found;
}

std::vector<std::string> domain_notes(const std::vector<DomainAgreement>& domains) {
  if (domains.size() < 2) return {};
  const DomainAgreement& reliable = most_reliable(domains);
  std::vector<std::string> notes;
  for (const auto& domain : domains) {
    if (&domain == &reliable) continue;
    if (domain.median_ratio > std::max(kAgrees, 2 * reliable.median_ratio)) {
      notes.push_back(repeats_note(domain, reliable));
    }
    const double reliable_width = reliable.power ? reliable.power->ratio() : 1;
    if (domain.power &&
        domain.power->ratio() > std::max(kWidePower, kWiderThanReliable * reliable_width)) {
      notes.push_back(power_note(domain, reliable, reliable_width));
    }
  }
  return notes;
}

}  // namespace turngreen::explore
