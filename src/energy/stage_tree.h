#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "turngreen/energy/mark.h"
#include "turngreen/units/duration.h"

namespace turngreen::energy {

/// One stage under one parent stage: where spans of that name, opened there, are added up.
struct StageNode {
  StageId stage{};
  int parent = -1;  ///< -1: top level
  std::uint64_t count = 0;
  units::Duration time;
  std::uint32_t open = 0;           ///< spans open now
  std::uint32_t active = 0;         ///< of these, innermost on their track
  std::uint32_t active_within = 0;  ///< active here or below
};

/// Who is running: the open spans of every track, and the tree of stages they belong to. On each
/// track the innermost open span is active, unless a span within it is open on another track.
class StageTree {
 public:
  /// That the number of active spans of a node changes; to be told before it takes effect.
  struct Change {
    int node = -1;
    int by = 0;
  };
  struct Trouble {
    std::uint64_t unmatched_closes = 0;  ///< those of spans not kept apart included
    std::uint64_t too_many = 0;  ///< spans not kept apart: too deep, too many stages or open spans
  };

  /// Applies a mark as of `time` (not before the last one) and appends what changes to `changes`;
  /// the caller then calls change() for each, in order.
  void apply(const Mark& mark, Instant time, std::vector<Change>& changes);
  void change(const Change& change);

  /// Per node, the time its spans ran, those still open up to `until`.
  std::vector<units::Duration> times(Instant until) const;

  const std::vector<StageNode>& nodes() const { return nodes_; }
  bool is_open(SpanId span) const { return spans_.contains(static_cast<std::uint64_t>(span)); }
  std::uint64_t active() const { return active_; }
  const Trouble& trouble() const { return trouble_; }

 private:
  struct OpenSpan {
    int node = -1;
    int depth = 0;
    SpanId parent{};
    TrackId track{};
    Instant begin;
    std::vector<SpanId> children;
  };

  void open(const Mark& mark, Instant time, std::vector<Change>& changes);
  void close(SpanId span, Instant time, std::vector<Change>& changes);
  void move_to(SpanId span, SpanId parent, Instant time, std::vector<Change>& changes);
  void remove_child(SpanId parent, SpanId child);
  int node_below(int parent, StageId stage);
  bool is_active(SpanId span) const;

  std::vector<StageNode> nodes_;
  std::unordered_map<std::uint64_t, int> node_of_;  // by parent and stage
  std::unordered_map<std::uint64_t, OpenSpan> spans_;
  std::unordered_map<std::uint64_t, std::vector<SpanId>> tracks_;
  std::uint64_t active_ = 0;
  Trouble trouble_;
};

}  // namespace turngreen::energy
