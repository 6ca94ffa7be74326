#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "turngreen/energy/mark.h"

namespace turngreen::pipeline {

/// A span that a client has begun and not ended yet.
struct ClientSpan {
  std::string name;  ///< the client's id of it; may be empty
  energy::StageId stage{};
  energy::TrackId track{};
  energy::SpanId span{};
  energy::Instant begin;
};

/// The clients' open spans, found the ways in which a client may refer to them.
class OpenSpans {
 public:
  std::size_t size() const { return spans_.size(); }
  bool contains(const std::string& name) const { return by_name_.contains(name); }
  /// A name that is taken already is not kept: the span goes without one.
  void add(ClientSpan span);

  /// The span of that name.
  const ClientSpan* find(const std::string& name) const;
  /// The innermost of a stage on a track, else the stage's latest on any track.
  const ClientSpan* find(energy::StageId stage, energy::TrackId track) const;
  /// The innermost on a track, else the latest of all.
  const ClientSpan* innermost(energy::TrackId track) const;

  /// `span` was found here.
  void remove(const ClientSpan& span);

 private:
  /// The order of opening; spans_ and the sets are sorted by it.
  using Number = std::uint64_t;
  const ClientSpan* at(std::optional<Number> number) const;

  std::map<Number, ClientSpan> spans_;
  std::unordered_map<std::string, Number> by_name_;
  std::unordered_map<energy::SpanId, Number> by_span_;
  std::set<std::pair<energy::TrackId, Number>> by_track_;
  std::set<std::pair<energy::StageId, Number>> by_stage_;
  std::set<std::tuple<energy::StageId, energy::TrackId, Number>> by_stage_and_track_;
  Number next_ = 1;
};

}  // namespace turngreen::pipeline
