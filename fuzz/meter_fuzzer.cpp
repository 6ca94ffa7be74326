#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "energy/account.h"
#include "energy/recording_stream.h"
#include "input_bytes.h"
#include "require.h"
#include "statement_checks.h"

namespace turngreen::energy {
namespace {

using fuzz::InputBytes;
using fuzz::require;
using units::Duration;

constexpr std::uint64_t kMostDomains = 4;
constexpr std::int64_t kMicrosecond = 1'000;
constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kStart = 1'000 * kSecond;
constexpr std::int64_t kLongestRun = 300LL * 86'400 * kSecond;  // a recording lasts a year at most

constexpr std::int64_t kTimeScales[] = {1,       kMicrosecond,  kMillisecond, 100 * kMillisecond,
                                        kSecond, 3600 * kSecond};
constexpr std::int64_t kPeriods[] = {0, kMillisecond, 100 * kMillisecond, kSecond};
constexpr std::int64_t kSteps[] = {0, kMillisecond, 100 * kMillisecond, 5 * kSecond};
constexpr double kMostWatts[] = {1, 250, 2000, 1e5};
constexpr RawUnit kUnits[] = {
    {1, 1}, {1'000, 1}, {1'000'000, 65'536}, {1, 1'000'000}, {999'999'999'999, 7}};
constexpr std::uint64_t kRanges[] = {1, 65'535, 262'143'328'850,
                                     std::numeric_limits<std::uint64_t>::max()};

/// Makes the calls that a meter makes, in any order and with any readings, on an account and on a
/// recording, and holds both to what they promise.
class Run {
 public:
  explicit Run(InputBytes input) : input_(input), setup_(setup()), account_(setup_) {
    encoder_.setup(setup_);
    readings_.resize(setup_.domains.size());
    shares_.resize(setup_.domains.size());
    with_shares_ = input_.chance();
    begin();
    sample();
    first_sample_ = Instant::from_nanoseconds(now_);
  }

  void go() {
    while (!input_.used_up()) step();
    const Instant end = std::max({near_now(), first_sample_, begin_});
    const Duration sampling_time = units::nanoseconds(kMillisecond);
    account_.finish(end);
    encoder_.finish(end, sampling_time);
    const Statement statement = account_.statement(sampling_time);
    check_statement(statement);
    if (snapshot_) check_later(*snapshot_, statement);

    encoder_.trailer("the note", kEmptyChecksum);
    const auto decoded = decode_recording(encoder_.buffer());
    require(decoded && decoded->complete && decoded->note == "the note", "a recording can be read");
    check_same(statement, *decoded->statement);
  }

 private:
  Account::Setup setup() {
    Account::Setup setup;
    setup.period = units::nanoseconds(input_.one_of(kPeriods));
    const std::uint64_t count = 1 + input_.below(kMostDomains);
    for (std::uint64_t d = 0; d < count; ++d) {
      setup.domains.push_back(domain("domain-" + std::to_string(d)));
      const std::size_t last = d == 0 ? 0 : setup.sensor_of.back();
      setup.sensor_of.push_back(d > 0 && input_.chance() ? last + 1 : last);
    }
    return setup;
  }

  Domain domain(std::string name) {
    const std::uint8_t choice = input_.byte();
    Domain domain;
    domain.name = std::move(name);
    if ((choice & 1U) != 0) domain.quantity = Quantity::power;
    if ((choice & 2U) != 0) domain.source = Source::estimator;
    if ((choice & 4U) != 0) domain.always_draws = false;
    if ((choice & 8U) != 0) domain.not_counted_because = "counted elsewhere";
    if ((choice & 16U) != 0) domain.wraps_at = input_.one_of(kRanges);
    domain.unit = input_.one_of(kUnits);
    domain.step = units::nanoseconds(input_.one_of(kSteps));
    domain.max_power = units::watts(input_.one_of(kMostWatts));
    return domain;
  }

  void step() {
    switch (input_.byte() % 8) {
      case 0:
      case 1:
        return sample();
      case 2:
      case 3:
        return mark(Mark::Kind::open);
      case 4:
      case 5:
        return mark(Mark::Kind::close);
      case 6:
        return name();
      default:
        return snapshot();
    }
  }

  std::int64_t some_time() {
    const std::int64_t scale = input_.one_of(kTimeScales);
    return static_cast<std::int64_t>(input_.below(1'000)) * scale;
  }
  /// Up to a thousand hours before or after now.
  Instant near_now() {
    const bool before = input_.chance();
    const std::int64_t distance = some_time();
    return Instant::from_nanoseconds(std::max(kStart, now_ + (before ? -distance : distance)));
  }

  void begin() {
    begin_ = near_now();
    account_.begin(begin_);
    encoder_.begin(begin_);
  }

  Reading reading(const Domain& domain, const Reading& last) {
    const std::uint8_t choice = input_.byte();
    std::uint64_t value = last.value;
    switch (choice % 8) {
      case 0:
        return Reading::missing();
      case 1:
        return Reading::denied();
      case 2:
        break;  // unchanged
      case 3:
        value -= input_.number();
        break;
      case 4:
        value = input_.number();
        break;
      case 5:
        value = domain.wraps_at.value_or(0) - input_.number();
        break;
      default:
        value += input_.number();
        break;
    }
    Reading now = Reading::of(value);
    if ((choice & 8U) != 0) {
      now.low -= std::min(now.low, input_.number());
      now.high += std::min(std::numeric_limits<std::uint64_t>::max() - now.high, input_.number());
    }
    return now;
  }

  ShareReading share(const ShareReading& last) {
    if (input_.chance()) return {};
    return {true, last.tree + units::nanoseconds(some_time()),
            last.whole + units::nanoseconds(some_time()), units::nanoseconds(some_time()),
            units::nanoseconds(some_time())};
  }

  void sample() {
    std::vector<Instant> times;
    for (std::size_t s = 0; s < setup_.sensor_of.back() + 2; ++s) {
      if (s < 2) now_ = std::min(now_ + some_time(), kStart + kLongestRun);
      times.push_back(Instant::from_nanoseconds(now_));
    }
    for (std::size_t d = 0; d < readings_.size(); ++d) {
      const Reading now = reading(setup_.domains[d], readings_[d]);
      if (now.state == Reading::State::ok) readings_[d] = now;
      told_.push_back(now);
    }
    if (with_shares_) {
      for (ShareReading& last : shares_) {
        const ShareReading now = share(last);
        if (now.known) last = now;
        told_shares_.push_back(now);
      }
    }
    if (input_.chance()) suspended_ = suspended_ + units::nanoseconds(some_time());
    const Sample sample{times, told_, told_shares_, suspended_};
    account_.sample(sample);
    encoder_.sample(sample);
    told_.clear();
    told_shares_.clear();
  }

  void mark(Mark::Kind kind) {
    Mark mark;
    mark.kind = kind;
    mark.time = near_now();
    mark.span = SpanId{1 + input_.below(32)};
    if (kind == Mark::Kind::open) {
      mark.stage = StageId{static_cast<std::uint32_t>(1 + input_.below(8))};
      mark.parent = SpanId{input_.below(32)};
      mark.track = TrackId{input_.below(4)};
    }
    account_.mark(mark);
    encoder_.mark(mark);
  }

  void name() {
    const auto stage = StageId{static_cast<std::uint32_t>(1 + input_.below(8))};
    const std::string name = input_.text();
    account_.name(stage, name);
    encoder_.name(stage, name);
  }

  void snapshot() {
    Statement now = account_.snapshot();
    check_statement(now);
    if (snapshot_) check_later(*snapshot_, now);
    snapshot_ = std::move(now);
  }

  InputBytes input_;
  Account::Setup setup_;
  Account account_;
  RecordingEncoder encoder_;
  bool with_shares_ = false;
  std::int64_t now_ = kStart;
  Instant begin_;
  Instant first_sample_;
  Duration suspended_;
  std::vector<Reading> readings_;  // the last that worked, per domain
  std::vector<ShareReading> shares_;
  std::vector<Reading> told_;
  std::vector<ShareReading> told_shares_;
  std::optional<Statement> snapshot_;
};

}  // namespace
}  // namespace turngreen::energy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::energy::Run({data, size}).go();
  return 0;
}
