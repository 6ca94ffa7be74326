#include "run_transcript.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "excerpt.h"

namespace turngreen::pipeline {
namespace {

using energy::FaultKind;

// Bounds for hostile or broken programs.
constexpr std::size_t kMostOpenSpans = 65536;
constexpr std::size_t kMostStages = 1000;   // the meter keeps no more apart
constexpr std::size_t kMostEntries = 1000;  // metrics, effective values
constexpr std::size_t kMostWaiting = 4096;
constexpr std::size_t kShownOfALine = 100;

// FNV-1a. A line of execution is told apart by the connection and by what the client calls it.
energy::TrackId track_of(std::uint64_t connection, std::string_view name) {
  constexpr std::uint64_t kBasis = 14695981039346656037U;
  constexpr std::uint64_t kPrime = 1099511628211U;
  std::uint64_t hash = kBasis;
  for (int byte = 0; byte < 8; ++byte)
    hash = (hash ^ ((connection >> (8 * byte)) & 0xffU)) * kPrime;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return energy::TrackId{hash};
}

bool add_without_overflow(std::uint64_t& sum, std::uint64_t more) {
  if (more > std::numeric_limits<std::uint64_t>::max() - sum) return false;
  sum += more;
  return true;
}

std::optional<energy::Instant> told_time(const Message& message) {
  if (const auto* begin = std::get_if<BeginMessage>(&message)) return begin->time;
  if (const auto* end = std::get_if<EndMessage>(&message)) return end->time;
  return std::nullopt;
}

// The value of `name`, made where there is room for it.
template <typename Map>
typename Map::mapped_type* entry(Map& map, const std::string& name) {
  if (const auto found = map.find(name); found != map.end()) return &found->second;
  return map.size() < kMostEntries ? &map[name] : nullptr;
}

}  // namespace

void RunTranscript::add_line(std::uint64_t connection, std::string_view line,
                             energy::Instant arrival) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  const Origin origin{connection, arrival, line};
  const auto message = parse_message(line);
  if (!message) return complain(FaultKind::protocol, message.error().message, origin);
  const bool is_mark = std::holds_alternative<BeginMessage>(*message) ||
                       std::holds_alternative<EndMessage>(*message);
  if (!is_mark) {
    settle();
    return add(*message, origin);
  }
  if (const auto told = told_time(*message)) {
    settle(*told);
    add(*message, origin);
  } else {
    if (waiting_.size() == kMostWaiting) settle();
    waiting_.push_back({*message, connection, arrival, std::string(line)});
  }
}

void RunTranscript::add(const Message& message, const Origin& origin) {
  std::visit([&](const auto& understood) { take(understood, origin); }, message);
}

void RunTranscript::settle() { settle(energy::Instant::from_nanoseconds(INT64_MAX)); }

void RunTranscript::settle(energy::Instant latest) {
  for (const Waiting& waiting : waiting_) {
    const energy::Instant at = std::max(start_, std::min(waiting.arrival, latest));
    add(waiting.message, {waiting.connection, at, waiting.line});
  }
  waiting_.clear();
}

void RunTranscript::add_trouble(std::string_view what, energy::Instant at) {
  energy::Fault& fault = count_fault(FaultKind::protocol, at);
  if (fault.count == 1) fault.detail = what;
}

void RunTranscript::take(const BeginMessage& message, const Origin& origin) {
  energy::Instant at = time_of(message.time, origin);
  if (spans_.size() >= kMostOpenSpans) {
    return complain(FaultKind::overflow,
                    fmt::format("more than {} stages open at once", kMostOpenSpans), origin);
  }
  if (!message.span.empty() && spans_.contains(message.span)) {
    complain(FaultKind::protocol, fmt::format("span {} is open already", excerpt(message.span)),
             origin);
  }
  // One that has ended meanwhile is no parent any more: a program may outlive the stage it was
  // started in.
  const ClientSpan* around = message.parent.empty() ? nullptr : spans_.find(message.parent);
  energy::SpanId parent{};
  if (around != nullptr) {
    parent = around->span;
    // Told by the arrival of its line, the parent's begin may seem to be the later one.
    at = std::max(at, around->begin);
  }
  const energy::StageId id = stage(message.stage);
  const energy::TrackId track = track_of(origin.connection, message.track);
  spans_.add({message.span, id, track, meter_.open_at(id, track, parent, at), at});
  meter_.sample_soon();
}

void RunTranscript::take(const EndMessage& message, const Origin& origin) {
  const energy::Instant at = time_of(message.time, origin);
  const ClientSpan* span = find(message, origin);
  if (span == nullptr) {
    return complain(FaultKind::unmatched,
                    message.span.empty()
                        ? fmt::format("end of stage {}, which is not open", excerpt(message.stage))
                        : fmt::format("end of span {}, which is not open", excerpt(message.span)),
                    origin);
  }
  meter_.close_at(span->span, std::max(at, span->begin));
  spans_.remove(*span);
  meter_.sample_soon();
}

void RunTranscript::take(const ProgressMessage& message, const Origin& origin) {
  const ClientSpan* within = spans_.innermost(track_of(origin.connection, message.track));
  const std::string name = within == nullptr ? "" : stage_names_.at(within->stage);
  Progress& progress = progress_[name];
  progress.stage = name;
  if (!add_without_overflow(progress.samples, message.samples) ||
      !add_without_overflow(progress.tokens, message.tokens)) {
    complain(FaultKind::protocol, "progress: the sum does not fit into 64 bits", origin);
  }
  curve_.add_total(name, message.total);
  curve_.add_work(name, progress.samples);
}

void RunTranscript::take(const MetricMessage& message, const Origin& origin) {
  if (double* value = entry(metrics_, message.name)) {
    *value = message.value;
    curve_.add_metric(message.name, message.value);
  } else {
    complain(FaultKind::overflow, fmt::format("more than {} metrics", kMostEntries), origin);
  }
}

void RunTranscript::take(const EffectiveMessage& message, const Origin& origin) {
  if (auto* value = entry(effective_, message.knob)) {
    *value = message.value;
  } else {
    complain(FaultKind::overflow, fmt::format("more than {} effective values", kMostEntries),
             origin);
  }
}

void RunTranscript::take(const PredictionsMessage& message, const Origin&) {
  predictions_file_ = message.file;
}

const ClientSpan* RunTranscript::find(const EndMessage& message, const Origin& origin) const {
  if (!message.span.empty()) return spans_.find(message.span);
  const auto known = stages_.find(message.stage);
  if (known != stages_.end()) {
    return spans_.find(known->second, track_of(origin.connection, message.track));
  }
  if (stages_.size() < kMostStages) return nullptr;
  return spans_.find(meter_.stage(message.stage), track_of(origin.connection, message.track));
}

energy::StageId RunTranscript::stage(const std::string& name) {
  if (const auto known = stages_.find(name); known != stages_.end()) return known->second;
  const energy::StageId id = meter_.stage(name);
  if (stages_.size() < kMostStages) stages_.emplace(name, id);
  // Beyond the meter's own limit many names share one id: the first stands for them.
  stage_names_.emplace(id, name);
  return id;
}

energy::Instant RunTranscript::time_of(const std::optional<energy::Instant>& told,
                                       const Origin& origin) {
  if (!told) return end_ ? std::min(*end_, origin.arrival) : origin.arrival;
  if (*told > origin.arrival || *told < start_) {
    complain(FaultKind::protocol,
             *told < start_
                 ? "time_ns lies before the start of the command; the arrival counts "
                   "(it must be CLOCK_MONOTONIC)"
                 : "time_ns lies in the future; the arrival counts (it must be CLOCK_MONOTONIC)",
             origin);
    return origin.arrival;
  }
  return *told;
}

void RunTranscript::complain(energy::FaultKind kind, std::string_view what, const Origin& origin) {
  energy::Fault& fault = count_fault(kind, origin.arrival);
  if (fault.count == 1)
    fault.detail = fmt::format("{}, in the line {}", what, excerpt(origin.line, kShownOfALine));
}

energy::Fault& RunTranscript::count_fault(energy::FaultKind kind, energy::Instant at) {
  const auto [found, is_new] = faults_.try_emplace(kind);
  energy::Fault& fault = found->second;
  if (is_new) {
    fault.kind = kind;
    fault.count = 0;
    fault.first = at;
  }
  ++fault.count;
  fault.last = at;
  return fault;
}

std::vector<Metric> RunTranscript::metrics() const {
  std::vector<Metric> metrics;
  for (const auto& [name, value] : metrics_) metrics.push_back({name, value});
  return metrics;
}

void RunTranscript::finish(Measurement& measurement) {
  settle();
  measurement.metrics = metrics();
  for (auto& [knob, value] : effective_) measurement.effective.push_back({knob, std::move(value)});
  for (const auto& [stage, progress] : progress_) {
    if (progress.samples > 0 || progress.tokens > 0) measurement.progress.push_back(progress);
  }
  measurement.predictions_file = std::move(predictions_file_);
  for (auto& [kind, fault] : faults_) {
    if (fault.count > 1)
      fault.detail = fmt::format("{} times; first: {}", fault.count, fault.detail);
    meter_.note(std::move(fault));
  }
}

}  // namespace turngreen::pipeline
