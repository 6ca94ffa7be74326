#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <memory>

#include "recording_stream.h"

namespace turngreen::energy {
namespace {

using units::Duration;

// A recording comes from anywhere: these keep its memory small and its arithmetic inside 64 bits.
constexpr std::uint64_t kMostDomains = 256;
constexpr std::uint64_t kMostText = 4096;
constexpr std::uint64_t kMostNote = 1 << 20;
constexpr std::uint64_t kMostUnit = 1'000'000'000'000;
constexpr double kMostWatts = 1e5;
constexpr std::int64_t kLongestStep = 3600LL * 1'000'000'000;
constexpr std::int64_t kLongestSpan = 366LL * 86'400 * 1'000'000'000;
constexpr std::int64_t kLatestTime = std::int64_t{1} << 61;
constexpr std::size_t kMostPendingMarks = 4'000'000;
constexpr std::size_t kMostNotes = 10'000;

/// Thrown and caught inside this file only: a decoder has too many places to fail for anything else
/// to stay readable.
struct Damage {
  std::string what;
};
struct EndOfRecording {};

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : bytes_(bytes) {}

  DecodedRecording run();
  std::size_t position() const { return at_; }

 private:
  std::uint8_t byte() {
    if (at_ >= bytes_.size()) throw EndOfRecording{};
    return static_cast<std::uint8_t>(bytes_[at_++]);
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
      if (next < 0x80) return value;
    }
    throw Damage{"a number of more than 64 bits"};
  }
  std::int64_t difference() {
    const std::uint64_t bits = number();
    return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1));
  }
  std::int64_t added(std::int64_t base, std::int64_t by) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(base, by, &sum) || sum > kLatestTime || sum < -kLatestTime) {
      throw Damage{"a time out of range"};
    }
    return sum;
  }
  std::uint64_t at_most(std::uint64_t limit, const char* what) {
    const std::uint64_t value = number();
    if (value > limit)
      throw Damage{fmt::format("{} of {}, at most {} is allowed", what, value, limit)};
    return value;
  }
  Duration duration() { return units::nanoseconds(added(0, difference())); }
  Instant time() {
    return Instant::from_nanoseconds(state_.time = added(state_.time, difference()));
  }
  std::string text(std::uint64_t limit = kMostText) {
    const std::uint64_t size = at_most(limit, "a text");
    if (size > bytes_.size() - at_) throw EndOfRecording{};
    const std::string_view found = bytes_.substr(at_, size);
    at_ += size;
    return std::string(found);
  }

  void setup();
  Domain domain();
  void sample(bool with_shares);
  Reading reading(Reading& last);
  ShareReading share(ShareReading& last);
  void mark(Mark::Kind kind);
  void note();
  bool step();
  void trailer();

  std::string_view bytes_;
  std::size_t at_ = 0;
  RecordingState state_;
  std::unique_ptr<Account> account_;
  std::size_t sensors_ = 0;
  std::vector<Instant> times_;
  std::optional<Instant> first_sample_;
  Instant last_sample_;
  Duration sampling_time_;
  std::size_t marks_since_sample_ = 0;
  std::size_t notes_ = 0;
  bool finished_ = false;
  DecodedRecording decoded_;
};

DecodedRecording Decoder::run() {
  try {
    if (bytes_.substr(0, kRecordingSignature.size()) != kRecordingSignature) {
      throw Damage{"not a Turngreen recording of version 1"};
    }
    at_ = kRecordingSignature.size();
    setup();
    while (!decoded_.complete && step()) {
    }
  } catch (const EndOfRecording&) {
    // Cut short: what came before still counts.
  }
  if (account_ && first_sample_) {
    if (!finished_) account_->finish(last_sample_);
    decoded_.statement = account_->statement(sampling_time_);
  }
  return std::move(decoded_);
}

bool Decoder::step() {
  const std::uint8_t tag = byte();
  if (finished_ && tag != 'T') throw Damage{"something after the end of the measurement"};
  switch (tag) {
    case 'B':
      account_->begin(time());
      return true;
    case 'N': {
      const auto stage = StageId{static_cast<std::uint32_t>(at_most(UINT32_MAX, "a stage number"))};
      account_->name(stage, text());
      return true;
    }
    case 'S':
      sample(false);
      return true;
    case 'P':
      sample(true);
      return true;
    case 'O':
      mark(Mark::Kind::open);
      return true;
    case 'C':
      mark(Mark::Kind::close);
      return true;
    case 'F':
      note();
      return true;
    case 'E': {
      const Instant end = time();
      sampling_time_ = duration();
      if (!first_sample_ || end < *first_sample_ - units::seconds(1) ||
          end - *first_sample_ > units::nanoseconds(kLongestSpan)) {
        throw Damage{"an end outside the measurement"};
      }
      account_->finish(end);
      finished_ = true;
      return true;
    }
    case 'T':
      trailer();
      return false;
    default:
      throw Damage{fmt::format("an unknown tag {}", tag)};
  }
}

void Decoder::setup() {
  Account::Setup setup;
  setup.period = duration();
  if (setup.period < Duration{} || setup.period > units::nanoseconds(kLongestStep)) {
    throw Damage{"a sampling period out of range"};
  }
  const std::uint64_t count = at_most(kMostDomains, "a number of domains");
  if (count == 0) throw Damage{"no domain"};
  for (std::uint64_t d = 0; d < count; ++d) {
    setup.domains.push_back(domain());
    const std::uint64_t sensor = at_most(kMostDomains, "a sensor number");
    const std::uint64_t last = d == 0 ? 0 : setup.sensor_of.back();
    if (sensor < last || sensor > (d == 0 ? 0 : last + 1)) throw Damage{"sensors out of order"};
    setup.sensor_of.push_back(sensor);
  }
  sensors_ = setup.sensor_of.back() + 1;
  state_.readings.resize(count);
  state_.shares.resize(count);
  account_ = std::make_unique<Account>(std::move(setup));
}

Domain Decoder::domain() {
  Domain domain;
  domain.name = text();
  const auto kind = parse_domain_kind(text());
  const auto source = parse_source(text());
  if (!kind || !source) throw Damage{"a domain of unknown kind or source"};
  domain.kind = *kind;
  domain.source = *source;
  domain.origin = text();
  domain.quantity = byte() != 0 ? Quantity::power : Quantity::energy;
  domain.unit = {at_most(kMostUnit, "a unit"), at_most(kMostUnit, "a unit")};
  if (domain.unit.numerator == 0 || domain.unit.denominator == 0) throw Damage{"a unit of zero"};
  const bool wraps = byte() != 0;
  const std::uint64_t range = number();
  if (wraps) domain.wraps_at = range;
  domain.step = duration();
  if (domain.step < Duration{} || domain.step > units::nanoseconds(kLongestStep)) {
    throw Damage{"a sensor's step out of range"};
  }
  const double power = std::bit_cast<double>(number());
  if (!std::isfinite(power) || power <= 0 || power > kMostWatts) {
    throw Damage{"a domain's greatest power out of range"};
  }
  domain.max_power = units::watts(power);
  domain.always_draws = byte() != 0;
  const bool contained = byte() != 0;
  std::string container = text();
  if (contained) domain.contained_in = std::move(container);
  domain.not_counted_because = text();
  return domain;
}

Reading Decoder::reading(Reading& last) {
  const std::uint8_t flags = byte();
  const unsigned state = flags & 3U;
  if (flags > 7 || state > 2) throw Damage{"a reading in an unknown state"};
  if (state == 1) return Reading::missing();
  if (state == 2) return Reading::denied();
  Reading now = Reading::of(last.value + static_cast<std::uint64_t>(difference()));
  if ((flags & 4U) != 0) {
    now.low = last.low + static_cast<std::uint64_t>(difference());
    now.high = last.high + static_cast<std::uint64_t>(difference());
    if (now.low > now.value || now.high < now.value) throw Damage{"a reading outside its bounds"};
  }
  last = now;
  return now;
}

ShareReading Decoder::share(ShareReading& last) {
  if (byte() == 0) return {};
  ShareReading now;
  const auto next = [this](Duration then) {
    return units::nanoseconds(added(then.in_nanoseconds(), difference()));
  };
  now = {true, next(last.tree), next(last.whole), next(last.tree_step), next(last.whole_step)};
  last = now;
  return now;
}

void Decoder::sample(bool with_shares) {
  times_.clear();
  for (std::size_t i = 0; i <= sensors_; ++i) {
    times_.push_back(time());
    const Instant before = i == 0 ? last_sample_ : times_[i - 1];
    if (first_sample_ ? times_[i] < before : i > 0 && times_[i] < before) {
      throw Damage{"a sample before the one before it"};
    }
  }
  if (times_.back() - first_sample_.value_or(times_.front()) > units::nanoseconds(kLongestSpan)) {
    throw Damage{"samples more than a year apart"};
  }
  state_.suspended = added(state_.suspended, difference());
  std::vector<Reading> readings;
  for (Reading& last : state_.readings) readings.push_back(reading(last));
  std::vector<ShareReading> shares;
  if (with_shares) {
    for (ShareReading& last : state_.shares) shares.push_back(share(last));
  }
  account_->sample({times_, readings, shares, units::nanoseconds(state_.suspended)});
  if (!first_sample_) first_sample_ = times_.front();
  last_sample_ = times_.back();
  marks_since_sample_ = 0;
}

void Decoder::mark(Mark::Kind kind) {
  Mark mark;
  mark.kind = kind;
  mark.time = time();
  mark.span = SpanId{number()};
  if (kind == Mark::Kind::open) {
    mark.stage = StageId{static_cast<std::uint32_t>(at_most(UINT32_MAX, "a stage number"))};
    mark.parent = SpanId{number()};
    mark.track = TrackId{number()};
  }
  if (++marks_since_sample_ > kMostPendingMarks)
    throw Damage{"too many stage marks without a sample"};
  account_->mark(mark);
}

void Decoder::note() {
  Fault fault;
  const std::uint8_t kind = byte();
  if (kind > static_cast<std::uint8_t>(FaultKind::overflow))
    throw Damage{"a fault of unknown kind"};
  fault.kind = static_cast<FaultKind>(kind);
  fault.subject = text();
  fault.count = number();
  fault.first = Instant::from_nanoseconds(added(0, difference()));
  fault.last = Instant::from_nanoseconds(added(0, difference()));
  fault.duration = duration();
  fault.detail = text();
  if (++notes_ > kMostNotes) throw Damage{"too many faults"};
  account_->note(std::move(fault));
}

void Decoder::trailer() {
  decoded_.note = text(kMostNote);
  const std::uint64_t computed = extend_checksum(kEmptyChecksum, bytes_.substr(0, at_));
  std::uint64_t stored = 0;
  for (unsigned shift = 0; shift < 64; shift += 8)
    stored |= static_cast<std::uint64_t>(byte()) << shift;
  if (stored != computed)
    throw Damage{"a checksum that does not fit: the file was changed or damaged"};
  if (at_ != bytes_.size()) throw Damage{"something after the end"};
  decoded_.complete = finished_;
}

}  // namespace

Result<DecodedRecording> decode_recording(std::string_view bytes) {
  Decoder decoder(bytes);
  try {
    return decoder.run();
  } catch (const Damage& damage) {
    return fail(Error::Kind::invalid_input,
                fmt::format("byte {}: {}", decoder.position(), damage.what));
  }
}

}  // namespace turngreen::energy
