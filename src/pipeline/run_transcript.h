#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "metric_curve.h"
#include "open_spans.h"
#include "turngreen/energy/meter.h"
#include "turngreen/pipeline/measurement.h"
#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {

/// What a run tells about itself: understands its lines, marks its stages in the meter, keeps the
/// rest for the measurement. What cannot be understood is counted, with the first example. Memory
/// is bounded whatever is told.
class RunTranscript {
 public:
  /// `meter` must outlive this. Stages cannot begin before `start`.
  RunTranscript(energy::Meter& meter, energy::Instant start) : meter_(meter), start_(start) {}

  /// One line as it came over a connection (of any numbering), and when.
  void add_line(std::uint64_t connection, std::string_view line, energy::Instant arrival);
  /// That all lines are added that had come by now. A begin or end without a time waits for that:
  /// where a later line of the same moment tells its time, the earlier one cannot have happened
  /// after it.
  void settle();
  /// Something else that came and is no part of the protocol.
  void add_trouble(std::string_view what, energy::Instant at);

  /// The command has ended: what comes from now on without a time happened no later than `at`.
  void end_at(energy::Instant at) { end_ = at; }

  /// The latest value of each metric that was told.
  std::vector<Metric> metrics() const;
  /// All values that were told, where the run says how much work there will be.
  std::span<const MetricPoint> curve() const { return curve_.points(); }

  /// Moves what was told into the measurement, and the faults into the meter. Call once, before the
  /// meter's finish.
  void finish(Measurement& measurement);

 private:
  /// The line at hand.
  struct Origin {
    std::uint64_t connection = 0;
    energy::Instant arrival;
    std::string_view line;
  };

  /// A begin or end whose time is not settled.
  struct Waiting {
    Message message;
    std::uint64_t connection = 0;
    energy::Instant arrival;
    std::string line;
  };

  void add(const Message& message, const Origin& origin);
  void settle(energy::Instant latest);
  void take(const BeginMessage& message, const Origin& origin);
  void take(const EndMessage& message, const Origin& origin);
  void take(const ProgressMessage& message, const Origin& origin);
  void take(const MetricMessage& message, const Origin& origin);
  void take(const EffectiveMessage& message, const Origin& origin);
  void take(const PredictionsMessage& message, const Origin& origin);

  energy::StageId stage(const std::string& name);
  const ClientSpan* find(const EndMessage& message, const Origin& origin) const;
  energy::Instant time_of(const std::optional<energy::Instant>& told, const Origin& origin);
  void complain(energy::FaultKind kind, std::string_view what, const Origin& origin);
  energy::Fault& count_fault(energy::FaultKind kind, energy::Instant at);

  energy::Meter& meter_;
  energy::Instant start_;
  std::optional<energy::Instant> end_;
  std::unordered_map<std::string, energy::StageId> stages_;
  std::unordered_map<energy::StageId, std::string> stage_names_;
  std::vector<Waiting> waiting_;
  OpenSpans spans_;
  std::map<std::string, double> metrics_;
  MetricCurve curve_;
  std::map<std::string, std::variant<std::string, double, bool>> effective_;
  std::map<std::string, Progress> progress_;
  std::optional<std::string> predictions_file_;
  std::map<energy::FaultKind, energy::Fault> faults_;
};

}  // namespace turngreen::pipeline
