#include "account.h"

#include <algorithm>
#include <utility>

namespace turngreen::energy {
namespace {

using units::Duration;

// Marks may reach the account this much after their time without being late.
constexpr Duration kMarkGrace = units::milliseconds(500);
// Marks this close together are one edge as far as bounds are concerned.
constexpr Duration kOneEdge = units::milliseconds(1);
// Each edge costs bounds the energy around it; with more of them between two samples than this, it
// is tighter to say only that the energy between the samples may have gone to any of the stages.
constexpr int kMostEdgesPerBlock = 2;
constexpr double kLatePeriods = 3;
constexpr Duration kSuspendStep = units::milliseconds(1);
constexpr int kFractionBits = 32;

bool by_time(const Mark& a, const Mark& b) { return a.time < b.time; }

}  // namespace

Account::Account(Setup setup) : setup_(std::move(setup)) {
  const std::size_t count = setup_.domains.size();
  tracks_.reserve(count);
  for (const Domain& domain : setup_.domains) tracks_.emplace_back(domain);
  value_then_.resize(count);
  spent_.resize(count);
  carry_.resize(count);
  unmeasured_spent_.resize(count);
  unmeasured_.resize(count);
  outside_unmeasured_.resize(count);
  outside_.sums.resize(count);
  quality_.period = setup_.period;
}

void Account::name(StageId stage, std::string_view name) {
  names_.emplace(static_cast<std::uint32_t>(stage), name);
}

void Account::mark(const Mark& mark) { pending_.push_back(mark); }

void Account::note(Fault fault) { notes_.push_back(std::move(fault)); }

void Account::sample(const Sample& sample) {
  observe_gap(sample);
  const bool suspended =
      suspended_then_ && sample.suspended_so_far - *suspended_then_ > kSuspendStep;
  suspended_then_ = sample.suspended_so_far;
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    const std::size_t sensor = setup_.sensor_of[d];
    DomainTrack::Observation seen{sample.times[sensor], sample.times[sensor + 1],
                                  sample.readings[d], suspended, std::nullopt};
    if (!sample.shares.empty()) seen.share = sample.shares[d];
    const Instant known_until =
        tracks_[d].curve().empty() ? seen.before : tracks_[d].curve().last().until;
    if (const auto fault = tracks_[d].observe(seen)) {
      add_fault(*fault, setup_.domains[d].name, seen.after, seen.after - known_until);
    }
  }
  ticks_.push_back(sample.times.back());
  settle(std::min(settled_until(), sample.times.back() - kMarkGrace));
}

void Account::observe_gap(const Sample& sample) {
  ++quality_.samples;
  const Instant now = sample.times.front();
  if (sampled_then_) {
    const Duration gap = now - *sampled_then_;
    quality_.longest_gap = std::max(quality_.longest_gap, gap);
    if (setup_.period > Duration{} && gap > setup_.period * kLatePeriods) {
      add_fault(FaultKind::late, "", now, gap);
    }
  }
  sampled_then_ = now;
}

Instant Account::settled_until() const {
  Instant earliest = Instant::from_nanoseconds(INT64_MAX);
  for (const DomainTrack& track : tracks_) {
    earliest = std::min(earliest, track.curve().settled_until());
  }
  return earliest;
}

void Account::start() {
  started_ = true;
  settled_ = last_edge_ = begin_;
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    begin_edges_.push_back(tracks_[d].curve().at(begin_));
    value_then_[d] = begin_edges_[d].value;
  }
  last_edges_ = begin_edges_;
}

void Account::settle(Instant until) {
  if (!started_) {
    if (until < begin_) return;
    start();
  }
  sort_pending();
  std::size_t first = accounted_;
  std::size_t ticks = 0;
  for (; ticks < ticks_.size() && ticks_[ticks] <= until; ++ticks) {
    const Instant tick = ticks_[ticks];
    if (tick <= settled_) continue;
    std::size_t last = first;
    while (last < pending_.size() && pending_[last].time <= tick) ++last;
    settle_block(first, last, tick);
    first = last;
  }
  ticks_.erase(ticks_.begin(), ticks_.begin() + static_cast<std::ptrdiff_t>(ticks));
  accounted_ = first;
  if (accounted_ > pending_.size() / 2) {
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(accounted_));
    sorted_ -= accounted_;
    accounted_ = 0;
  }
}

void Account::sort_pending() {
  const auto begin = pending_.begin() + static_cast<std::ptrdiff_t>(accounted_);
  const auto unsorted = pending_.begin() + static_cast<std::ptrdiff_t>(sorted_);
  sorted_ = pending_.size();
  if (unsorted == pending_.end()) return;
  std::stable_sort(unsorted, pending_.end(), by_time);
  // What comes late comes late by little: only the end of what was sorted needs merging.
  const auto overlap = std::upper_bound(begin, unsorted, *unsorted, by_time);
  std::inplace_merge(overlap, unsorted, pending_.end(), by_time);
}

void Account::settle_block(std::size_t first, std::size_t last, Instant until) {
  const auto starts_edge = [&](std::size_t i) {
    return i == first || pending_[i].time - pending_[i - 1].time > kOneEdge;
  };
  int edges = 0;
  for (std::size_t i = first; i < last && edges <= kMostEdgesPerBlock; ++i) edges += starts_edge(i);
  const bool cross = edges <= kMostEdgesPerBlock;
  for (std::size_t i = first; i < last; ++i) {
    const bool at_edge = cross && (starts_edge(i) || i + 1 == last || starts_edge(i + 1));
    if (pending_[i].time < settled_ && settled_ > begin_) {
      add_fault(FaultKind::late_mark, "", pending_[i].time, settled_ - pending_[i].time);
    }
    advance(std::max(pending_[i].time, settled_));
    if (at_edge) cross_edge(settled_);
    apply(pending_[i]);
    if (at_edge) restart_counts();
  }
  advance(until);
  cross_edge(until);
  restart_counts();
}

void Account::advance(Instant to) {
  if (to <= settled_) return;
  const auto active = static_cast<std::int64_t>(tree_.active());
  if (active == 0) outside_time_ += to - settled_;
  for (std::size_t d = 0; d < tracks_.size(); ++d) {
    const Curve& curve = tracks_[d].curve();
    const std::int64_t value = curve.value(to);
    const Duration unmeasured = curve.unmeasured(settled_, to);
    unmeasured_[d] += unmeasured;
    if (active == 0) outside_unmeasured_[d] += unmeasured;
    if (active > 0) {
      const WideInteger energy =
          (static_cast<WideInteger>(value - value_then_[d]) << kFractionBits) + carry_[d];
      spent_[d] += energy / active;
      carry_[d] = energy % active;
      unmeasured_spent_[d] +=
          static_cast<double>(unmeasured.in_nanoseconds()) / static_cast<double>(active);
    }
    value_then_[d] = value;
  }
  settled_ = to;
}

void Account::apply(const Mark& mark) {
  changes_.clear();
  tree_.apply(mark, settled_, changes_);
  const auto& nodes = tree_.nodes();
  while (accounts_.size() < nodes.size()) {
    NodeAccount account;
    account.amounts.resize(tracks_.size());
    account.own.sums.resize(tracks_.size());
    account.within.sums.resize(tracks_.size());
    accounts_.push_back(std::move(account));
  }
  // A change of several nodes is one step: what is active in between does not count.
  for (const auto& change : changes_) {
    settle_amounts(change.node);
    tree_.change(change);
  }
  for (const auto& change : changes_) {
    for (int node = change.node; node >= 0; node = nodes[static_cast<std::size_t>(node)].parent) {
      NodeAccount& account = accounts_[static_cast<std::size_t>(node)];
      account.own.count.see(nodes[static_cast<std::size_t>(node)].active);
      account.within.count.see(nodes[static_cast<std::size_t>(node)].active_within);
      if (!std::exchange(account.live, true)) live_.push_back(node);
    }
  }
  active_.see(tree_.active());
}

void Account::settle_amounts(int node) {
  const WideInteger active = tree_.nodes()[static_cast<std::size_t>(node)].active;
  auto& amounts = accounts_[static_cast<std::size_t>(node)].amounts;
  for (std::size_t d = 0; d < amounts.size(); ++d) {
    amounts[d].energy += active * (spent_[d] - amounts[d].energy_then);
    amounts[d].unmeasured +=
        static_cast<double>(active) * (unmeasured_spent_[d] - amounts[d].unmeasured_then);
    amounts[d].energy_then = spent_[d];
    amounts[d].unmeasured_then = unmeasured_spent_[d];
  }
}

Account::Coverage Account::coverage(const Count& count) const {
  if (count.most == 0) return {};
  const auto ratio = [](std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / static_cast<double>(std::max(part, whole));
  };
  return {count.least == 0 ? 0 : ratio(count.least, active_.most),
          ratio(count.most, active_.least)};
}

void Account::add_edge(NodeBounds& node, const Coverage& now, const std::vector<CurveEdge>& edges) {
  if (now == node.coverage) return;
  const double ended_least = node.coverage.least - now.least;
  const double ended_most = node.coverage.most - now.most;
  for (std::size_t d = 0; d < edges.size(); ++d) {
    const auto& low = edges[d].low;
    const auto& high = edges[d].high;
    node.sums[d].low +=
        ended_least * static_cast<double>(ended_least > 0 ? low.at_least : low.at_most);
    node.sums[d].high +=
        ended_most * static_cast<double>(ended_most > 0 ? high.at_most : high.at_least);
  }
  node.coverage = now;
}

void Account::cross_edge(Instant at) {
  if (at <= last_edge_) return;
  // What was covered since the last edge is known only now; where it differs from before, that edge
  // counts.
  add_edge(outside_, {active_.most == 0 ? 1.0 : 0.0, active_.least == 0 ? 1.0 : 0.0}, last_edges_);
  std::erase_if(live_, [this](int index) {
    NodeAccount& node = accounts_[static_cast<std::size_t>(index)];
    const Coverage own = coverage(node.own.count);
    const Coverage within = coverage(node.within.count);
    add_edge(node.own, own, last_edges_);
    add_edge(node.within, within, last_edges_);
    node.live = within != Coverage{};
    return !node.live;
  });
  for (std::size_t d = 0; d < tracks_.size(); ++d) last_edges_[d] = tracks_[d].curve().at(at);
  last_edge_ = at;
}

void Account::restart_counts() {
  for (const int index : live_) {
    const StageNode& node = tree_.nodes()[static_cast<std::size_t>(index)];
    accounts_[static_cast<std::size_t>(index)].own.count.restart(node.active);
    accounts_[static_cast<std::size_t>(index)].within.count.restart(node.active_within);
  }
  active_.restart(tree_.active());
}

void Account::finish(Instant at) {
  begin(std::min(begin_, at));
  ticks_.erase(std::remove_if(ticks_.begin(), ticks_.end(), [at](Instant t) { return t >= at; }),
               ticks_.end());
  ticks_.push_back(at);
  settle(at);
  // A close that came after the end still tells that its span was not left open.
  for (std::size_t i = accounted_; i < pending_.size(); ++i) {
    const Mark& mark = pending_[i];
    if (mark.kind == Mark::Kind::close && tree_.is_open(mark.span)) apply(mark);
  }
  pending_.clear();
  finished_ = true;
}

void Account::add_fault(FaultKind kind, const std::string& subject, Instant at, Duration duration) {
  const auto [entry, is_new] = faults_.try_emplace({kind, subject});
  Fault& fault = entry->second;
  if (is_new) {
    fault = {kind, subject, 0, at, at, {}, std::string(explain(kind))};
  }
  ++fault.count;
  fault.last = at;
  fault.duration += duration;
}

}  // namespace turngreen::energy
