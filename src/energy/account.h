#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain_track.h"
#include "stage_tree.h"
#include "turngreen/energy/mark.h"
#include "turngreen/energy/sensor.h"
#include "turngreen/energy/share.h"
#include "turngreen/energy/statement.h"
#include "wide_integer.h"

namespace turngreen::energy {

/// One round of readings of all sensors.
struct Sample {
  /// One clock reading before each sensor and one after the last: sensors + 1 times.
  std::span<const Instant> times;
  std::span<const Reading> readings;     ///< one per domain
  std::span<const ShareReading> shares;  ///< one per domain, or none
  units::Duration suspended_so_far;      ///< CLOCK_BOOTTIME less CLOCK_MONOTONIC
};

/// Turns samples and marks into energy per stage. A pure function of the calls made on it: it reads
/// no clock and no sensor, so a recording of the calls gives the same statement bit for bit. Used
/// by one thread at a time.
class Account {
 public:
  struct Setup {
    std::vector<Domain> domains;
    std::vector<std::size_t> sensor_of;  ///< per domain, in non-decreasing order
    units::Duration period;              ///< asked for; zero: samples come by hand, at any distance
  };
  explicit Account(Setup setup);

  /// Without effect once anything has been accounted.
  void begin(Instant at) {
    if (!started_) begin_ = at;
  }
  void name(StageId stage, std::string_view name);
  void sample(const Sample& sample);
  void mark(const Mark& mark);
  void note(Fault fault);

  /// Every counted time up to which nothing can change any more.
  Instant settled_until() const;
  /// What is settled so far, open spans up to there.
  Statement snapshot() const;
  /// Accounts everything up to `at`. Nothing may be called after it but statement().
  void finish(Instant at);
  Statement statement(units::Duration sampling_time) const;

  std::span<const Domain> domains() const { return setup_.domains; }

 private:
  /// What one node's own spans have had of one domain, in shares of the spans running at once.
  struct Amount {
    WideInteger energy = 0;  ///< in 2^-32 microjoules
    double unmeasured = 0;   ///< nanoseconds
    // Per-span sums of the whole account when the node's number of active spans last changed.
    WideInteger energy_then = 0;
    double unmeasured_then = 0;
  };
  /// The share of all energy that went to a node between two edges: at least, at most.
  struct Coverage {
    double least = 0;
    double most = 0;
    friend bool operator==(const Coverage&, const Coverage&) = default;
  };
  /// Sums over edges of coverage that ended there times energy known there, in microjoules.
  struct BoundSum {
    double low = 0;
    double high = 0;
  };
  /// How many active spans there were since the last edge.
  struct Count {
    std::uint64_t least = 0;
    std::uint64_t most = 0;
    void restart(std::uint64_t now) { least = most = now; }
    void see(std::uint64_t now) {
      least = now < least ? now : least;
      most = now > most ? now : most;
    }
  };
  struct NodeBounds {
    Count count;
    Coverage coverage;           ///< before the last edge
    std::vector<BoundSum> sums;  ///< per domain
  };
  struct NodeAccount {
    bool live = false;  ///< in live_: has coverage, or had some since the last edge
    std::vector<Amount> amounts;
    NodeBounds own, within;
  };

  void settle(Instant until);
  void start();
  void sort_pending();
  void settle_block(std::size_t first, std::size_t last, Instant until);
  void advance(Instant to);
  void cross_edge(Instant at);
  void restart_counts();
  void apply(const Mark& mark);
  void settle_amounts(int node);
  Coverage coverage(const Count& count) const;
  static void add_edge(NodeBounds& node, const Coverage& now, const std::vector<CurveEdge>& edges);
  void observe_gap(const Sample& sample);
  void add_fault(FaultKind kind, const std::string& subject, Instant at, units::Duration duration);

  Statement assemble(Instant end, const std::vector<CurveEdge>& edges) const;
  StageEnergy assemble_stage(std::size_t node, const std::vector<CurveEdge>& edges) const;
  std::int64_t own_microjoules(std::size_t node, std::size_t domain) const;
  OutsideStages assemble_outside(const Statement& statement,
                                 const std::vector<std::int64_t>& in_stages,
                                 const std::vector<CurveEdge>& edges) const;
  DomainEnergy total_of(const std::vector<DomainEnergy>& domains, units::Duration time) const;
  bool ever_advanced(std::size_t domain) const;
  std::vector<Fault> assemble_faults(Instant end) const;

  Setup setup_;
  std::vector<DomainTrack> tracks_;
  StageTree tree_;
  std::map<std::uint32_t, std::string> names_;

  std::vector<Instant> ticks_;  ///< sample times not yet settled
  std::vector<Mark> pending_;   ///< marks; those from accounted_ on not yet settled
  std::size_t accounted_ = 0;
  std::size_t sorted_ = 0;  ///< pending_ is in order of time up to here
  std::vector<StageTree::Change> changes_;

  Instant begin_;
  Instant settled_;    ///< everything up to here is accounted
  Instant last_edge_;  ///< where bounds were last taken
  bool started_ = false;
  bool finished_ = false;
  std::vector<CurveEdge> begin_edges_, last_edges_;
  std::vector<std::int64_t> value_then_;  ///< per domain, at settled_
  std::vector<WideInteger>
      spent_;  ///< per domain: energy per active span so far, 2^-32 microjoules
  std::vector<WideInteger> carry_;           ///< what dividing by the active spans has left over
  std::vector<double> unmeasured_spent_;     ///< per domain and active span, nanoseconds
  std::vector<units::Duration> unmeasured_;  ///< per domain
  std::vector<NodeAccount> accounts_;
  std::vector<int> live_;
  Count active_;
  NodeBounds outside_;  ///< of the time in which no span is open
  units::Duration outside_time_;
  std::vector<units::Duration> outside_unmeasured_;

  std::map<std::pair<FaultKind, std::string>, Fault> faults_;
  std::vector<Fault> notes_;
  std::optional<units::Duration> suspended_then_;
  std::optional<Instant> sampled_then_;
  SamplingQuality quality_;
};

}  // namespace turngreen::energy
