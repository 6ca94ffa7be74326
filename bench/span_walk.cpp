#include "span_walk.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <utility>

#include "energy/account.h"
#include "energy/sampling_distance.h"
#include "energy/scripted_sensor.h"

namespace turngreen::bench {
namespace {

using energy::Account;
using energy::Instant;
using energy::Mark;
using energy::Reading;
using energy::SpanId;
using energy::StageId;
using energy::TrackId;

constexpr double kShortestSpan = 0.001;
constexpr double kLongestSpan = 100;           // in periods
constexpr double kLongSpan = 10;               // in periods
constexpr double kReadTime = 5e-6;             // between the clock readings around a sensor
constexpr double kShortestEdgeGap = 0.001;     // as in the meter
constexpr double kLateWake = 100e-6;           // at most, of a steady sample
constexpr double kRounding = 2e-6;             // joules: whole microjoules at both ends
constexpr std::uint64_t kRange = 262'000'000;  // microjoules: wraps every few seconds

struct Stretch {
  double begin = 0;
  double end = 0;
};

/// A counter of whole microjoules that shows what was spent until its last update.
class StepCounter {
 public:
  StepCounter(const energy::PowerSignal& signal, double step, double phase)
      : signal_(signal), step_(step), phase_(phase) {}
  double last_update(double time) const {
    return std::floor((time - phase_) / step_) * step_ + phase_;
  }
  std::uint64_t reading(double time) const {
    return static_cast<std::uint64_t>(signal_.joules(last_update(time)) * 1e6) % kRange;
  }
  /// Joules at `time` on the straight line between two updates.
  double between(double time, double update, double next) const {
    const double from = signal_.joules(update);
    return from + (signal_.joules(next) - from) * (time - update) / (next - update);
  }
  double step() const { return step_; }

 private:
  const energy::PowerSignal& signal_;
  double step_;
  double phase_;
};

Instant instant(double seconds) { return energy::at(units::seconds(seconds)); }

/// The walk's random choices, its account of them, and what is known better than the account can
/// know.
class Walk {
 public:
  explicit Walk(const WalkSetup& setup)
      : setup_(setup),
        random_(setup.seed),
        spans_(lay_out()),
        signal_(setup.signal(random_, spans_.back().end + kLead)),
        counter_(signal_, setup.step, uniform(0, setup.step)),
        account_(account_setup()) {}

  WalkResult run() {
    feed();
    account_.finish(instant(spans_.back().end));
    return compare(account_.statement({}));
  }

 private:
  static constexpr double kLead = 2;  // seconds of signal before the first and after the last span

  double uniform(double low, double high) {
    return std::uniform_real_distribution(low, high)(random_);
  }

  std::vector<Stretch> lay_out() {
    const double resolution = setup_.resolution();
    const double longest = std::log(kLongestSpan * resolution);
    std::exponential_distribution<double> gap(1 / (3 * resolution));
    std::vector<Stretch> spans;
    double time = kLead;
    for (std::size_t i = 0; i < setup_.spans; ++i) {
      const double length = std::exp(uniform(std::log(kShortestSpan), longest));
      spans.push_back({time, time + length});
      time += length + std::max(1e-6, gap(random_));
    }
    return spans;
  }

  energy::Domain domain() const {
    energy::Domain domain = energy::counter_domain("package-0", units::seconds(setup_.step));
    domain.max_power = units::watts(600);
    domain.wraps_at = kRange;
    return domain;
  }

  Account::Setup account_setup() const {
    Account::Setup setup;
    setup.domains = {domain()};
    setup.sensor_of = {0};
    return setup;
  }

  void feed() {
    account_.begin(instant(spans_.front().begin));
    account_.name(StageId{1}, "gap");
    const energy::Domain sampled = domain();
    const double distance =
        energy::sampling_distance(units::seconds(setup_.period), {&sampled, 1}).in_seconds();
    for (double next = 0; next < spans_.back().end + kLead;) {
      double time = next;
      if (setup_.steady) time += uniform(0, kLateWake);
      if (!edges_.empty()) {
        const double edge = *std::min_element(edges_.begin(), edges_.end());
        time = std::min(time, std::max(edge, last_sample_ + kShortestEdgeGap));
      }
      if (next_mark_ < 2 * spans_.size() && mark_time(next_mark_) <= time) {
        mark(next_mark_++);
        continue;
      }
      sample(time);
      std::erase_if(edges_, [time](double edge) { return edge <= time; });
      if (time >= next) next += setup_.steady ? distance : setup_.period * uniform(0.7, 1.3);
    }
  }

  /// Each span ends where its gap begins, and the other way round.
  void mark(std::size_t mark) {
    const Instant at = instant(mark_time(mark));
    const bool begins = mark % 2 == 0;
    if (mark > 0) account_.mark({Mark::Kind::close, {}, SpanId{mark}, {}, {}, at});
    StageId stage{1};
    if (begins) {
      stage = StageId{static_cast<std::uint32_t>(mark) + 2};
      account_.name(stage, std::to_string(mark / 2));
    }
    account_.mark({Mark::Kind::open, stage, SpanId{mark + 1}, {}, TrackId{1}, at});
    unseen_.push_back(mark);
    if (setup_.edge_samples) edges_.push_back(mark_time(mark) + uniform(50e-6, 300e-6));
  }

  void sample(double time) {
    const Instant times[] = {instant(time), instant(time + kReadTime)};
    const Reading reading = Reading::of(counter_.reading(time));
    account_.sample({times, {&reading, 1}, {}, {}});
    ++result_.samples;
    last_sample_ = time;
    // Marks before the update that this sample saw lie between it and the one seen before.
    const double update = counter_.last_update(time);
    while (!unseen_.empty() && mark_time(unseen_.front()) < update) {
      timed_.push_back(counter_.between(mark_time(unseen_.front()), last_update_, update));
      unseen_.pop_front();
    }
    last_update_ = update;
  }

  double mark_time(std::size_t mark) const {
    return mark % 2 == 0 ? spans_[mark / 2].begin : spans_[mark / 2].end;
  }

  WalkResult compare(const energy::Statement& statement) {
    std::vector<std::size_t> stage_of(spans_.size(), statement.stages.size());
    std::int64_t parts = 0;
    for (std::size_t s = 0; s < statement.stages.size(); ++s) {
      parts += statement.stages[s].domains[0].energy->value.in_microjoules();
      if (statement.stages[s].name != "gap") stage_of[std::stoul(statement.stages[s].name)] = s;
    }
    result_.parts_less_whole_uj = parts - statement.domain_totals[0].energy->value.in_microjoules();
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      compare_span(i, *statement.stages.at(stage_of[i]).domains[0].energy);
    }
    return std::move(result_);
  }

  void compare_span(std::size_t i, const units::Bounded<units::Energy>& energy) {
    const auto [begin, end] = spans_[i];
    const double truth = signal_.joules(end) - signal_.joules(begin);
    result_.inside +=
        truth >= energy.low.in_joules() - kRounding && truth <= energy.high.in_joules() + kRounding;
    if (end - begin < kLongSpan * setup_.resolution()) return;
    const auto relative = [truth](double joules) { return std::abs(joules - truth) / truth; };
    const auto at_best = [this](double time) {
      const double update = counter_.last_update(time);
      return counter_.between(time, update, update + counter_.step());
    };
    LongSpanErrors& errors = result_.long_spans;
    errors.meter.push_back(relative(energy.value.in_joules()));
    errors.samples_timed.push_back(relative(timed_.at(2 * i + 1) - timed_.at(2 * i)));
    errors.every_update.push_back(relative(at_best(end) - at_best(begin)));
    errors.half_width.push_back((energy.high - energy.low).in_joules() / 2 / truth);
  }

  WalkSetup setup_;
  std::mt19937_64 random_;
  std::vector<Stretch> spans_;
  energy::PowerSignal signal_;
  StepCounter counter_;
  Account account_;
  WalkResult result_;

  std::size_t next_mark_ = 0;
  double last_sample_ = 0;
  double last_update_ = 0;
  std::vector<double> edges_;       // when samples are wanted for marks
  std::deque<std::size_t> unseen_;  // marks that no update has crossed yet
  std::vector<double> timed_;       // joules at each mark, had the updates' times been known
};

}  // namespace

WalkResult walk_spans(const WalkSetup& setup) { return Walk(setup).run(); }

}  // namespace turngreen::bench
