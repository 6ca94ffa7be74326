#include "turngreen/explore/comparison.h"

#include <algorithm>

#include "configuration_values.h"
#include "mean_difference.h"
#include "pooled_scatter.h"

namespace turngreen::explore {
namespace {

using Kind = ComparedQuantity::Kind;

Significance significance_of(const MeanDifference& found) {
  if (!found.interval) return Significance::not_testable;
  return found.interval->contains(0) ? Significance::not_distinguishable : Significance::different;
}

ComparedQuantity compared(Kind kind, std::string name, std::string stage,
                          std::optional<RepeatMean> first, std::optional<RepeatMean> second) {
  ComparedQuantity quantity;
  quantity.kind = kind;
  quantity.name = std::move(name);
  quantity.stage = std::move(stage);
  quantity.first = std::move(first);
  quantity.second = std::move(second);
  if (!quantity.first || !quantity.second) return quantity;
  const auto found = difference(*quantity.first, *quantity.second);
  quantity.difference = found.value;
  quantity.interval = found.interval;
  quantity.p_value = found.p_value;
  quantity.significance = significance_of(found);
  if (kind != Kind::metric && quantity.first->mean != 0) {
    quantity.change = found.value / quantity.first->mean;
  }
  return quantity;
}

/// The names of both, the first's before what only the second has.
template <typename T>
std::vector<std::string> names_of(const std::vector<T>& first, const std::vector<T>& second) {
  std::vector<std::string> names;
  for (const auto* list : {&first, &second}) {
    for (const auto& each : *list) {
      if (std::ranges::find(names, each.name) == names.end()) names.push_back(each.name);
    }
  }
  return names;
}

/// Of that stage; without values where no run told it.
StageValues stage_of(const ConfigurationValues& values, const std::string& name) {
  const auto found = std::ranges::find(values.stages, name, &StageValues::name);
  return found == values.stages.end() ? StageValues{} : *found;
}

class Comparer {
 public:
  Comparer(const ConfigurationValues& first, const ConfigurationValues& second,
           const PooledScatter& scatter)
      : first_(first), second_(second), scatter_(scatter) {}

  std::vector<ComparedQuantity> quantities(const std::string& budget_metric) {
    add(Kind::energy, "", "", scatter_.joules(first_.joules), scatter_.joules(second_.joules));
    add(Kind::seconds, "", "", scatter_.seconds(first_.seconds), scatter_.seconds(second_.seconds));
    add_metric(budget_metric);
    for (const auto& name : names_of(first_.metrics, second_.metrics)) {
      if (name != budget_metric) add_metric(name);
    }
    for (const auto& name : names_of(first_.stages, second_.stages)) add_stage(name);
    return std::move(quantities_);
  }

 private:
  void add(Kind kind, const std::string& name, const std::string& stage,
           std::optional<RepeatMean> first, std::optional<RepeatMean> second) {
    if (!first && !second) return;
    quantities_.push_back(compared(kind, name, stage, std::move(first), std::move(second)));
  }
  void add_metric(const std::string& name) {
    add(Kind::metric, name, "", scatter_.metric(first_.metric(name), name),
        scatter_.metric(second_.metric(name), name));
  }
  void add_stage(const std::string& name) {
    const StageValues first = stage_of(first_, name);
    const StageValues second = stage_of(second_, name);
    add(Kind::energy, "", name, scatter_.joules(first.joules, name),
        scatter_.joules(second.joules, name));
    add(Kind::seconds, "", name, scatter_.seconds(first.seconds, name),
        scatter_.seconds(second.seconds, name));
  }

  const ConfigurationValues& first_;
  const ConfigurationValues& second_;
  const PooledScatter& scatter_;
  std::vector<ComparedQuantity> quantities_;
};

/// Without values where it was never run.
ConfigurationValues values_of(const std::vector<ConfigurationValues>& all,
                              const knobs::Configuration& configuration) {
  const auto found = std::ranges::find(all, configuration, &ConfigurationValues::configuration);
  if (found != all.end()) return *found;
  ConfigurationValues none;
  none.configuration = configuration;
  return none;
}

}  // namespace

std::string_view to_string(Significance significance) {
  switch (significance) {
    case Significance::different:
      return "different";
    case Significance::not_distinguishable:
      return "not distinguishable";
    case Significance::not_testable:
      return "not testable";
  }
  return {};
}

Comparison compare(const study::StudyFile& study, const std::vector<study::Trial>& trials,
                   const knobs::Configuration& first, const knobs::Configuration& second) {
  const auto all = values_by_configuration(trials);
  const PooledScatter scatter(all);
  const auto first_values = values_of(all, first);
  const auto second_values = values_of(all, second);
  Comparison comparison;
  comparison.first = first;
  comparison.second = second;
  comparison.first_name = name_of(first_values, study.space);
  comparison.second_name = name_of(second_values, study.space);
  comparison.first_runs = first_values.full.size();
  comparison.second_runs = second_values.full.size();
  comparison.quantities =
      Comparer(first_values, second_values, scatter).quantities(study.quality.metric);
  comparison.by_rows = verify_by_rows(study, trials, first, second);
  return comparison;
}

}  // namespace turngreen::explore
