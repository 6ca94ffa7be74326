#include "open_spans.h"

#include <limits>

namespace turngreen::pipeline {
namespace {

// The latest number among the entries of a set that start like `last`, which ends with the largest
// number there is.
template <typename Set, typename SamePrefix>
std::optional<std::uint64_t> latest(const Set& set, const typename Set::value_type& last,
                                    SamePrefix same_prefix) {
  auto after = set.upper_bound(last);
  if (after == set.begin()) return std::nullopt;
  const auto& found = *--after;
  if (!same_prefix(found)) return std::nullopt;
  return std::get<std::tuple_size_v<typename Set::value_type> - 1>(found);
}

constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

}  // namespace

void OpenSpans::add(ClientSpan span) {
  const Number number = next_++;
  if (!span.name.empty() && !by_name_.emplace(span.name, number).second) span.name.clear();
  by_span_.emplace(span.span, number);
  by_track_.emplace(span.track, number);
  by_stage_.emplace(span.stage, number);
  by_stage_and_track_.emplace(span.stage, span.track, number);
  spans_.emplace(number, std::move(span));
}

const ClientSpan* OpenSpans::find(const std::string& name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &spans_.at(found->second);
}

const ClientSpan* OpenSpans::find(energy::StageId stage, energy::TrackId track) const {
  const auto here = latest(by_stage_and_track_, {stage, track, kLast}, [&](const auto& entry) {
    return std::get<0>(entry) == stage && std::get<1>(entry) == track;
  });
  if (here) return at(here);
  return at(latest(by_stage_, {stage, kLast},
                   [&](const auto& entry) { return std::get<0>(entry) == stage; }));
}

const ClientSpan* OpenSpans::innermost(energy::TrackId track) const {
  const auto here = latest(by_track_, {track, kLast},
                           [&](const auto& entry) { return std::get<0>(entry) == track; });
  if (here) return at(here);
  return spans_.empty() ? nullptr : &spans_.rbegin()->second;
}

const ClientSpan* OpenSpans::at(std::optional<Number> number) const {
  return number ? &spans_.at(*number) : nullptr;
}

void OpenSpans::remove(const ClientSpan& span) {
  const Number number = by_span_.at(span.span);
  if (!span.name.empty()) by_name_.erase(span.name);
  by_span_.erase(span.span);
  by_track_.erase({span.track, number});
  by_stage_.erase({span.stage, number});
  by_stage_and_track_.erase({span.stage, span.track, number});
  spans_.erase(number);
}

}  // namespace turngreen::pipeline
