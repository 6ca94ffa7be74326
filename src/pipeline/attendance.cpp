#include "attendance.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace turngreen::pipeline {

using energy::Instant;

namespace {

using units::Duration;

constexpr Duration kReapPeriod = units::seconds(1);
// Marks carry their time, so they can wait this long: ten thousand a second do not wake us ten
// thousand times.
constexpr Duration kReceivePause = units::milliseconds(1);
// Processes that are just ending are no survivors.
constexpr Duration kSurvivorGrace = units::milliseconds(5);

timespec to_timespec(Duration time) {
  const std::int64_t count = std::max<std::int64_t>(0, time.in_nanoseconds());
  return {count / 1'000'000'000, count % 1'000'000'000};
}

}  // namespace

RunChannel::Receiver Attendance::receiver() {
  return {[this](RunChannel::Connection connection, std::string_view line) {
            transcript_.add_line(connection, line, Instant::now());
          },
          [this](const std::string& what) { transcript_.add_trouble(what, Instant::now()); }};
}

void Attendance::until_end_of(const ChildProcess& child, RunChannel& channel,
                              const SignalRelay* relay) {
  const RunChannel::Receiver receive = receiver();
  Instant next_receive = Instant::now();
  Instant next_reap = next_receive + kReapPeriod;
  Instant next_live = next_receive + options_.live_period;
  while (true) {
    const Instant now = Instant::now();
    const bool pausing = now < next_receive;
    Instant wake = next_reap;
    if (options_.live) wake = std::min(wake, next_live);
    if (pausing) wake = std::min(wake, next_receive);
    if (guard != nullptr) wake = std::min(wake, guard->wake());
    const timespec timeout = to_timespec(wake - now);
    std::array<pollfd, 4> watched{
        {{child.descriptor(), POLLIN, 0},
         {relay != nullptr ? relay->descriptor() : -1, POLLIN, 0},
         {pausing ? -1 : channel.descriptor(), POLLIN, 0},
         {guard != nullptr ? guard->output().descriptor() : -1, POLLIN, 0}}};
    if (::ppoll(watched.data(), watched.size(), &timeout, nullptr) > 0) {
      if (watched[0].revents != 0) return;
      if (watched[1].revents != 0) relay->pass_on(child);
      if (watched[2].revents != 0) {
        if (!channel.receive(receive)) next_receive = Instant::now() + kReceivePause;
        transcript_.settle();
      }
      if (watched[3].revents != 0) guard->output().receive();
    }
    const Instant later = Instant::now();
    if (later >= next_reap) {
      count(subreaper_.reap());
      next_reap = later + kReapPeriod;
    }
    if (guard != nullptr && later >= guard->wake()) tend_guard(later, child);
    if (options_.live && later >= next_live) {
      options_.live(meter_.snapshot());
      next_live = std::max(next_live + options_.live_period, later);
    }
  }
}

void Attendance::count(const ResourceUse& ended) {
  used_ = used_ + ended;
  if (sharing != nullptr) sharing->cpu->add_ended(ended.user + ended.system);
}

void Attendance::tend_guard(Instant now, const ChildProcess& child) {
  const std::vector<Metric> metrics = transcript_.metrics();
  guard->tend(now, child, subreaper_, [&] {
    const auto energy = meter_.snapshot().total.energy;
    return RunProgress{energy ? energy->value : units::Energy(), now - start_, metrics,
                       transcript_.curve()};
  });
}

std::size_t Attendance::settled_survivors() {
  const Instant deadline = Instant::now() + kSurvivorGrace;
  while (true) {
    count(subreaper_.reap());
    const std::size_t survivors = subreaper_.survivors();
    if (survivors == 0 || Instant::now() >= deadline) return survivors;
    const timespec pause = to_timespec(units::milliseconds(1));
    ::nanosleep(&pause, nullptr);
  }
}

void Attendance::finish(RunChannel& channel, Instant end, Measurement& measurement) {
  transcript_.end_at(end);
  channel.drain(receiver());
  if (!channel.socket_trouble().empty()) {
    transcript_.add_trouble(
        fmt::format("programs that close inherited descriptors could not mark stages: {}",
                    channel.socket_trouble()),
        end);
  }
  transcript_.finish(measurement);
  if (const std::size_t survivors = settled_survivors(); survivors > 0) {
    meter_.note({energy::FaultKind::unmatched,
                 "",
                 survivors,
                 end,
                 end,
                 {},
                 fmt::format("{} outlived the command; what {} after its end is not counted",
                             survivors == 1 ? "1 process" : fmt::format("{} processes", survivors),
                             survivors == 1 ? "it used" : "they used")});
  }
  if (guard != nullptr) guard->end_survivors(subreaper_, [this] { count(subreaper_.reap()); });
  measurement.resources = used_;
}

}  // namespace turngreen::pipeline
