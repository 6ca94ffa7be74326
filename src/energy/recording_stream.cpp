#include "recording_stream.h"

#include <bit>

namespace turngreen::energy {

std::uint64_t extend_checksum(std::uint64_t checksum, std::string_view bytes) {
  for (const char c : bytes) {
    checksum = (checksum ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return checksum;
}

void RecordingEncoder::byte(std::uint8_t value) { buffer_.push_back(static_cast<char>(value)); }

void RecordingEncoder::number(std::uint64_t value) {
  while (value >= 0x80) {
    byte(static_cast<std::uint8_t>(value) | 0x80U);
    value >>= 7U;
  }
  byte(static_cast<std::uint8_t>(value));
}

void RecordingEncoder::difference(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void RecordingEncoder::time(Instant at) {
  difference(at.in_nanoseconds() - state_.time);
  state_.time = at.in_nanoseconds();
}

void RecordingEncoder::text(std::string_view value) {
  number(value.size());
  buffer_.append(value);
}

void RecordingEncoder::setup(const Account::Setup& setup) {
  buffer_.append(kRecordingSignature);
  difference(setup.period.in_nanoseconds());
  number(setup.domains.size());
  for (std::size_t d = 0; d < setup.domains.size(); ++d) {
    const Domain& domain = setup.domains[d];
    text(domain.name);
    text(to_string(domain.kind));
    text(to_string(domain.source));
    text(domain.origin);
    byte(domain.quantity == Quantity::power);
    number(domain.unit.numerator);
    number(domain.unit.denominator);
    byte(domain.wraps_at.has_value());
    number(domain.wraps_at.value_or(0));
    difference(domain.step.in_nanoseconds());
    number(std::bit_cast<std::uint64_t>(domain.max_power.in_watts()));
    byte(domain.always_draws);
    byte(domain.contained_in.has_value());
    text(domain.contained_in.value_or(""));
    text(domain.not_counted_because);
    number(setup.sensor_of[d]);
  }
  state_.readings.resize(setup.domains.size());
  state_.shares.resize(setup.domains.size());
}

void RecordingEncoder::begin(Instant at) {
  byte('B');
  time(at);
}

void RecordingEncoder::name(StageId stage, std::string_view name) {
  byte('N');
  number(static_cast<std::uint32_t>(stage));
  text(name);
}

void RecordingEncoder::sample(const Sample& sample) {
  byte(sample.shares.empty() ? 'S' : 'P');
  for (const Instant at : sample.times) time(at);
  difference(sample.suspended_so_far.in_nanoseconds() - state_.suspended);
  state_.suspended = sample.suspended_so_far.in_nanoseconds();
  for (std::size_t d = 0; d < sample.readings.size(); ++d) {
    const Reading& reading = sample.readings[d];
    Reading& last = state_.readings[d];
    const bool spread = reading.low != reading.value || reading.high != reading.value;
    byte(static_cast<std::uint8_t>(static_cast<unsigned>(reading.state) | (spread ? 4U : 0U)));
    if (reading.state != Reading::State::ok) continue;
    difference(static_cast<std::int64_t>(reading.value - last.value));
    if (spread) {
      difference(static_cast<std::int64_t>(reading.low - last.low));
      difference(static_cast<std::int64_t>(reading.high - last.high));
    }
    last = reading;
  }
  for (std::size_t d = 0; d < sample.shares.size(); ++d) {
    const ShareReading& share = sample.shares[d];
    ShareReading& last = state_.shares[d];
    byte(share.known);
    if (!share.known) continue;
    difference((share.tree - last.tree).in_nanoseconds());
    difference((share.whole - last.whole).in_nanoseconds());
    difference((share.tree_step - last.tree_step).in_nanoseconds());
    difference((share.whole_step - last.whole_step).in_nanoseconds());
    last = share;
  }
}

void RecordingEncoder::mark(const Mark& mark) {
  byte(mark.kind == Mark::Kind::open ? 'O' : 'C');
  time(mark.time);
  number(static_cast<std::uint64_t>(mark.span));
  if (mark.kind == Mark::Kind::close) return;
  number(static_cast<std::uint32_t>(mark.stage));
  number(static_cast<std::uint64_t>(mark.parent));
  number(static_cast<std::uint64_t>(mark.track));
}

void RecordingEncoder::note(const Fault& fault) {
  byte('F');
  byte(static_cast<std::uint8_t>(fault.kind));
  text(fault.subject);
  number(fault.count);
  difference(fault.first.in_nanoseconds());
  difference(fault.last.in_nanoseconds());
  difference(fault.duration.in_nanoseconds());
  text(fault.detail);
}

void RecordingEncoder::finish(Instant at, units::Duration sampling_time) {
  byte('E');
  time(at);
  difference(sampling_time.in_nanoseconds());
}

void RecordingEncoder::trailer(std::string_view note, std::uint64_t checksum) {
  byte('T');
  text(note);
  checksum = extend_checksum(checksum, buffer_);
  for (unsigned shift = 0; shift < 64; shift += 8)
    byte(static_cast<std::uint8_t>(checksum >> shift));
}

}  // namespace turngreen::energy
