#include <algorithm>
#include <cmath>

#include "account.h"

namespace turngreen::energy {
namespace {

using units::Duration;
using units::Energy;

constexpr int kFractionBits = 32;
// Rounding of shared time may leave a nanosecond of a thousand unmeasured ones looking measured.
constexpr double kWhollyUnmeasured = 0.999;

units::Bounded<Energy> bounded(double low, double high, std::int64_t value) {
  return {units::microjoules(value), units::microjoules(static_cast<std::int64_t>(std::floor(low))),
          units::microjoules(static_cast<std::int64_t>(std::ceil(high)))};
}

/// Bounds enclose the value, and what unmeasured time may have cost on top.
void enclose_value(DomainEnergy& energy, const Domain& domain) {
  units::Bounded<Energy>& bounds = *energy.energy;
  bounds.low = std::clamp(bounds.low, Energy{}, bounds.value);
  bounds.high = std::max(bounds.high, bounds.value) + domain.max_power * energy.unmeasured;
}

}  // namespace

Statement Account::snapshot() const { return assemble(started_ ? settled_ : begin_, last_edges_); }

Statement Account::statement(Duration sampling_time) const {
  Statement statement = assemble(settled_, last_edges_);
  statement.sampling.sampling_time = sampling_time;
  return statement;
}

bool Account::ever_advanced(std::size_t domain) const {
  return tracks_[domain].curve().last().until > begin_;
}

Statement Account::assemble(Instant end, const std::vector<CurveEdge>& edges) const {
  Statement statement;
  statement.start = begin_;
  statement.end = end;
  statement.domains = setup_.domains;
  statement.sampling = quality_;
  const Duration time = end - begin_;
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    if (!started_ || !ever_advanced(d)) {
      statement.domain_totals.push_back({std::nullopt, time});
    } else {
      statement.domain_totals.push_back(energy_between(begin_edges_[d], edges[d], unmeasured_[d],
                                                       time, setup_.domains[d].max_power));
    }
    const auto& total = statement.domain_totals.back();
    if (setup_.domains[d].estimated() && setup_.domains[d].counted() && total.energy) {
      statement.estimated += total.energy->value;
    }
  }
  statement.total = total_of(statement.domain_totals, time);

  // Parents before children, each stage followed by what is below it.
  const auto& nodes = tree_.nodes();
  const std::vector<Duration> times = tree_.times(end);
  std::vector<std::vector<std::size_t>> below(nodes.size() + 1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    below[static_cast<std::size_t>(nodes[i].parent + 1)].push_back(i);
  }
  std::vector<std::optional<std::size_t>> place(nodes.size());
  std::vector<std::size_t> node_of_stage;
  std::vector<std::size_t> to_visit(below[0].rbegin(), below[0].rend());
  while (!to_visit.empty()) {
    const std::size_t node = to_visit.back();
    to_visit.pop_back();
    place[node] = statement.stages.size();
    node_of_stage.push_back(node);
    StageEnergy stage = assemble_stage(node, edges);
    stage.time = times[node];
    if (nodes[node].parent >= 0) stage.parent = place[static_cast<std::size_t>(nodes[node].parent)];
    statement.stages.push_back(std::move(stage));
    to_visit.insert(to_visit.end(), below[node + 1].rbegin(), below[node + 1].rend());
  }

  // From the leaves up: a stage is its own spans and its children, to the last microjoule. Added up
  // before they become an Energy, which beyond 1e9 J no longer holds single microjoules.
  std::vector<std::vector<std::int64_t>> sums(statement.stages.size(),
                                              std::vector<std::int64_t>(tracks_.size()));
  std::vector<std::int64_t> in_stages(tracks_.size());
  for (std::size_t s = statement.stages.size(); s-- > 0;) {
    StageEnergy& stage = statement.stages[s];
    for (std::size_t d = 0; d < tracks_.size(); ++d) {
      if (stage.own[d].energy) sums[s][d] += own_microjoules(node_of_stage[s], d);
      if (stage.parent) {
        sums[*stage.parent][d] += sums[s][d];
        statement.stages[*stage.parent].domains[d].unmeasured += stage.domains[d].unmeasured;
      } else {
        in_stages[d] += sums[s][d];
      }
      DomainEnergy& whole = stage.domains[d];
      const bool nothing_seen = sums[s][d] == 0 && whole.unmeasured > Duration{} &&
                                whole.unmeasured >= stage.time * kWhollyUnmeasured;
      if (!statement.domain_totals[d].energy || nothing_seen) {
        whole.energy.reset();
        continue;
      }
      whole.energy->value = units::microjoules(sums[s][d]);
      enclose_value(whole, setup_.domains[d]);
    }
    stage.total = total_of(stage.domains, stage.time);
  }
  statement.outside = assemble_outside(statement, in_stages, edges);
  statement.faults = assemble_faults(end);
  return statement;
}

StageEnergy Account::assemble_stage(std::size_t index, const std::vector<CurveEdge>& edges) const {
  const StageNode& node = tree_.nodes()[index];
  const NodeAccount& account = accounts_[index];
  StageEnergy stage;
  const auto name = names_.find(static_cast<std::uint32_t>(node.stage));
  stage.name = name == names_.end() ? std::string() : name->second;
  stage.count = node.count;
  stage.open_at_end = node.open > 0;
  NodeBounds own = account.own;
  NodeBounds within = account.within;
  add_edge(own, {}, edges);
  add_edge(within, {}, edges);
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    const Amount& amount = account.amounts[d];
    const double unmeasured =
        amount.unmeasured +
        static_cast<double>(node.active) * (unmeasured_spent_[d] - amount.unmeasured_then);
    const std::int64_t value = own_microjoules(index, d);
    DomainEnergy mine;
    mine.unmeasured = units::nanoseconds(std::llround(unmeasured));
    mine.energy = bounded(own.sums[d].low, own.sums[d].high, value);
    enclose_value(mine, setup_.domains[d]);
    if (!ever_advanced(d) || (value == 0 && mine.unmeasured > Duration{})) mine.energy.reset();
    stage.own.push_back(mine);
    stage.domains.push_back(
        {bounded(within.sums[d].low, within.sums[d].high, value), mine.unmeasured});
  }
  return stage;
}

std::int64_t Account::own_microjoules(std::size_t node, std::size_t domain) const {
  const Amount& amount = accounts_[node].amounts[domain];
  const WideInteger active = tree_.nodes()[node].active;
  const WideInteger energy = amount.energy + active * (spent_[domain] - amount.energy_then);
  return static_cast<std::int64_t>(energy >> kFractionBits);
}

OutsideStages Account::assemble_outside(const Statement& statement,
                                        const std::vector<std::int64_t>& in_stages,
                                        const std::vector<CurveEdge>& edges) const {
  OutsideStages outside;
  outside.time = outside_time_;
  NodeBounds bounds = outside_;
  if (started_) add_edge(bounds, {}, edges);
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    DomainEnergy mine{std::nullopt, outside_unmeasured_[d]};
    const bool measured = statement.domain_totals[d].energy.has_value();
    const std::int64_t value = measured ? edges[d].value - begin_edges_[d].value - in_stages[d] : 0;
    const bool nothing_seen = value == 0 && mine.unmeasured > Duration{} &&
                              mine.unmeasured >= outside.time * kWhollyUnmeasured;
    if (measured && !nothing_seen) {
      mine.energy = bounded(bounds.sums[d].low, bounds.sums[d].high, value);
      enclose_value(mine, setup_.domains[d]);
    }
    outside.domains.push_back(mine);
  }
  outside.total = total_of(outside.domains, outside.time);
  return outside;
}

DomainEnergy Account::total_of(const std::vector<DomainEnergy>& domains, Duration time) const {
  DomainEnergy total;
  units::Bounded<Energy> sum;
  std::int64_t value = 0;
  Energy unseen;  // what domains without any measurement may have cost at most
  bool any = false;
  for (std::size_t d = 0; d < domains.size(); ++d) {
    if (!setup_.domains[d].counted()) continue;
    total.unmeasured = std::max(total.unmeasured, domains[d].unmeasured);
    if (!domains[d].energy) {
      unseen += setup_.domains[d].max_power * time;
      continue;
    }
    any = true;
    value += domains[d].energy->value.in_microjoules();
    sum = sum + *domains[d].energy;
  }
  if (any) {
    // Sums of doubles: 2 uJ and 3 uJ are a last digit less than 5 uJ.
    const Energy whole = units::microjoules(value);
    total.energy = {whole, std::min(sum.low, whole), std::max(sum.high, whole) + unseen};
  }
  return total;
}

std::vector<Fault> Account::assemble_faults(Instant end) const {
  std::vector<Fault> faults;
  for (const auto& [key, fault] : faults_) faults.push_back(fault);
  faults.insert(faults.end(), notes_.begin(), notes_.end());
  const StageTree::Trouble& trouble = tree_.trouble();
  const auto add = [&](FaultKind kind, std::string subject, std::uint64_t count,
                       std::string detail) {
    if (count > 0)
      faults.push_back({kind, std::move(subject), count, begin_, end, {}, std::move(detail)});
  };
  const std::uint64_t kept_apart = std::min(trouble.unmatched_closes, trouble.too_many);
  add(FaultKind::unmatched, "", trouble.unmatched_closes - kept_apart,
      "stage ends came without their begin; they were left out");
  add(FaultKind::overflow, "", trouble.too_many, std::string(explain(FaultKind::overflow)));
  if (finished_) {
    for (const StageNode& node : tree_.nodes()) {
      const auto name = names_.find(static_cast<std::uint32_t>(node.stage));
      add(FaultKind::unmatched, name == names_.end() ? std::string() : name->second, node.open,
          "the stage never ended; it is counted up to the end of the measurement");
    }
  }
  return faults;
}

}  // namespace turngreen::energy
