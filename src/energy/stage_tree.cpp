#include "stage_tree.h"

#include <algorithm>

namespace turngreen::energy {
namespace {

// Bounds for hostile or broken programs; beyond them spans count towards the stage around them.
constexpr std::size_t kMostNodes = 10'000;
constexpr int kMostDepth = 64;
constexpr std::size_t kMostOpenSpans = 100'000;

std::uint64_t number(SpanId id) { return static_cast<std::uint64_t>(id); }
std::uint64_t number(TrackId id) { return static_cast<std::uint64_t>(id); }
std::size_t index(int node) { return static_cast<std::size_t>(node); }

}  // namespace

void StageTree::apply(const Mark& mark, Instant time, std::vector<Change>& changes) {
  if (mark.kind == Mark::Kind::open) {
    open(mark, time, changes);
  } else {
    close(mark.span, time, changes);
  }
}

void StageTree::open(const Mark& mark, Instant time, std::vector<Change>& changes) {
  const auto running = tracks_.find(number(mark.track));
  SpanId parent = mark.parent;
  if (!spans_.contains(number(parent))) {
    parent = running == tracks_.end() ? SpanId{} : running->second.back();
  }
  const auto around = spans_.find(number(parent));
  const bool nested = around != spans_.end();
  const int depth = nested ? around->second.depth + 1 : 0;
  if (spans_.size() >= kMostOpenSpans || depth >= kMostDepth || mark.span == SpanId{} ||
      spans_.contains(number(mark.span))) {
    ++trouble_.too_many;
    return;
  }
  const int node = node_below(nested ? around->second.node : -1, mark.stage);
  const SpanId below = running == tracks_.end() ? SpanId{} : running->second.back();
  if (is_active(below)) changes.push_back({spans_.at(number(below)).node, -1});
  if (parent != below && is_active(parent)) changes.push_back({around->second.node, -1});
  auto& track = tracks_[number(mark.track)];
  changes.push_back({node, +1});
  track.push_back(mark.span);
  if (nested) around->second.children.push_back(mark.span);
  spans_.emplace(number(mark.span), OpenSpan{node, depth, parent, mark.track, time, {}});
  ++nodes_[index(node)].count;
  ++nodes_[index(node)].open;
}

void StageTree::close(SpanId span, Instant time, std::vector<Change>& changes) {
  const auto found = spans_.find(number(span));
  if (found == spans_.end()) {
    ++trouble_.unmatched_closes;
    return;
  }
  if (is_active(span)) changes.push_back({found->second.node, -1});
  const OpenSpan closed = std::move(found->second);
  const auto track = tracks_.find(number(closed.track));
  auto& stack = track->second;
  const bool was_on_top = stack.back() == span;
  stack.erase(std::find(stack.begin(), stack.end(), span));
  const SpanId uncovered = was_on_top && !stack.empty() ? stack.back() : SpanId{};
  if (stack.empty()) tracks_.erase(track);

  nodes_[index(closed.node)].time += time - closed.begin;
  --nodes_[index(closed.node)].open;
  remove_child(closed.parent, span);
  spans_.erase(number(span));
  // Spans that outlive the one around them go on under the next one out, so that each stage's
  // energy is that of its own spans' time.
  for (const SpanId child : closed.children) move_to(child, closed.parent, time, changes);
  if (is_active(uncovered)) changes.push_back({spans_.at(number(uncovered)).node, +1});
  if (closed.parent != uncovered && is_active(closed.parent)) {
    changes.push_back({spans_.at(number(closed.parent)).node, +1});
  }
}

void StageTree::move_to(SpanId span, SpanId parent, Instant time, std::vector<Change>& changes) {
  OpenSpan& open = spans_.at(number(span));
  const auto around = spans_.find(number(parent));
  const int old_node = open.node;
  const int node =
      node_below(around == spans_.end() ? -1 : around->second.node, nodes_[index(old_node)].stage);
  if (open.parent != parent) {
    open.parent = parent;
    if (around != spans_.end()) around->second.children.push_back(span);
  }
  if (node == old_node) return;
  nodes_[index(old_node)].time += time - open.begin;
  --nodes_[index(old_node)].open;
  ++nodes_[index(node)].open;
  open.begin = time;
  open.node = node;
  if (is_active(span)) {
    changes.push_back({old_node, -1});
    changes.push_back({node, +1});
  }
  for (const SpanId child : open.children) move_to(child, span, time, changes);
}

void StageTree::remove_child(SpanId parent, SpanId child) {
  const auto around = spans_.find(number(parent));
  if (around == spans_.end()) return;
  auto& children = around->second.children;
  const auto found = std::find(children.rbegin(), children.rend(), child);
  if (found == children.rend()) return;
  *found = children.back();
  children.pop_back();
}

void StageTree::change(const Change& change) {
  active_ = active_ + static_cast<std::uint64_t>(change.by);
  nodes_[index(change.node)].active += static_cast<std::uint32_t>(change.by);
  for (int node = change.node; node >= 0; node = nodes_[index(node)].parent) {
    nodes_[index(node)].active_within += static_cast<std::uint32_t>(change.by);
  }
}

std::vector<units::Duration> StageTree::times(Instant until) const {
  std::vector<units::Duration> times;
  times.reserve(nodes_.size());
  for (const StageNode& node : nodes_) times.push_back(node.time);
  for (const auto& [id, open] : spans_) {
    times[index(open.node)] += std::max(until - open.begin, units::Duration{});
  }
  return times;
}

int StageTree::node_below(int parent, StageId stage) {
  const std::uint64_t key =
      (static_cast<std::uint64_t>(parent + 1) << 32) | static_cast<std::uint32_t>(stage);
  if (const auto found = node_of_.find(key); found != node_of_.end()) return found->second;
  if (parent >= 0 && nodes_.size() >= kMostNodes) {
    ++trouble_.too_many;
    return parent;
  }
  StageNode node;
  node.stage = stage;
  node.parent = parent;
  nodes_.push_back(node);
  const int created = static_cast<int>(nodes_.size() - 1);
  node_of_.emplace(key, created);
  return created;
}

bool StageTree::is_active(SpanId span) const {
  const auto found = spans_.find(number(span));
  return found != spans_.end() && found->second.children.empty() &&
         tracks_.at(number(found->second.track)).back() == span;
}

}  // namespace turngreen::energy
