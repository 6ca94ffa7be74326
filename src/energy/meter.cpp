#include "turngreen/energy/meter.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "account.h"
#include "bell.h"
#include "mark_queue.h"
#include "recording_file.h"
#include "sampling_distance.h"
#include "stage_names.h"

namespace turngreen::energy {
namespace {

using units::Duration;

constexpr Duration kShortestPeriod = units::milliseconds(1);
constexpr Duration kLongestPeriod = units::seconds(1);
constexpr Duration kShortestEdgeGap = units::milliseconds(1);
// After the end, a slow counter gets this long to show what belongs to the window.
constexpr Duration kSettleTime = units::milliseconds(5);
constexpr double kSettleShare = 0.02;
constexpr std::uint64_t kForeignTrack = std::uint64_t{1}
                                        << 63U;  // keeps clients' tracks apart from our threads

/// A flag that a forked child finds lowered, although memory is copied.
class ForkFlag {
 public:
  ForkFlag()
      : page_(::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {
    if (page_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "mmap");
    ::madvise(page_, kBytes, MADV_WIPEONFORK);
    *static_cast<volatile char*>(page_) = 1;
  }
  ForkFlag(const ForkFlag&) = delete;
  ForkFlag& operator=(const ForkFlag&) = delete;
  ~ForkFlag() { ::munmap(page_, kBytes); }
  bool raised() const noexcept { return *static_cast<const volatile char*>(page_) != 0; }

 private:
  static constexpr std::size_t kBytes = 4096;
  void* page_;
};

Duration suspended_so_far() {
  timespec boot{};
  timespec monotonic{};
  ::clock_gettime(CLOCK_BOOTTIME, &boot);
  ::clock_gettime(CLOCK_MONOTONIC, &monotonic);
  return units::nanoseconds((boot.tv_sec - monotonic.tv_sec) * 1'000'000'000LL + boot.tv_nsec -
                            monotonic.tv_nsec);
}

Duration cpu_time(clockid_t clock) {
  timespec used{};
  ::clock_gettime(clock, &used);
  return units::nanoseconds(used.tv_sec * 1'000'000'000LL + used.tv_nsec);
}

Account::Setup account_setup(const std::vector<std::unique_ptr<Sensor>>& sensors,
                             const MeterOptions& options) {
  if (sensors.empty()) throw std::invalid_argument("Meter: no sensor to read");
  if (options.period < kShortestPeriod || options.period > kLongestPeriod) {
    throw std::invalid_argument("Meter: the sampling period must be between 1 ms and 1 s");
  }
  Account::Setup setup;
  setup.period = options.sampling == Sampling::by_hand ? Duration{} : options.period;
  for (std::size_t s = 0; s < sensors.size(); ++s) {
    for (const Domain& domain : sensors[s]->domains()) {
      setup.domains.push_back(domain);
      setup.sensor_of.push_back(s);
    }
  }
  return setup;
}

}  // namespace

struct Meter::State {
  State(std::vector<std::unique_ptr<Sensor>> opened, const MeterOptions& chosen)
      : sensors(std::move(opened)),
        options(chosen),
        account(account_setup(sensors, options)),
        times(sensors.size() + 1),
        readings(account.domains().size()),
        announced(StageNames::kMostNames + 2) {
    if (options.share != nullptr) shares.resize(readings.size());
    if (options.recording != nullptr) {
      file = options.recording->state_.get();
      file->encoder.setup(account_setup(sensors, options));
    }
  }

  void push(const Mark& mark) noexcept;
  void take_sample(std::optional<Instant> pretended = std::nullopt);
  void begin(Instant at);
  void drain();
  void run();
  void start_thread();
  void stop_thread();
  void wait_until_settled(Instant end);

  std::vector<std::unique_ptr<Sensor>> sensors;
  MeterOptions options;
  ForkFlag ours;
  Bell bell;
  StageNames names;
  MarkQueue queue;
  std::atomic<std::uint64_t> next_span{1};
  std::atomic<bool> stop{false};
  std::atomic<bool> edge_wanted{false};
  std::atomic<std::uint32_t> drained{
      0};  // rounds of taking marks; who finds the queue full waits for the next

  std::mutex mutex;  // the account, the recording and the buffers below
  Account account;
  RecordingWriter::State* file = nullptr;
  std::vector<Instant> times;
  std::vector<Reading> readings;
  std::vector<ShareReading> shares;
  std::vector<bool> announced;
  Instant last_sample;
  std::optional<Instant> window_begin;

  std::thread thread;
  Duration sampling_time;
};

void Meter::State::push(const Mark& mark) noexcept {
  if (!ours.raised()) return;
  bool nearly_full = false;
  while (!queue.push(mark, nearly_full)) {
    if (stop.load(std::memory_order_relaxed)) return;
    if (options.sampling == Sampling::by_hand) {
      const std::scoped_lock lock(mutex);
      drain();
    } else {
      const std::uint32_t round = drained.load(std::memory_order_acquire);
      bell.ring();
      if (queue.push(mark, nearly_full)) break;
      drained.wait(round, std::memory_order_acquire);
    }
  }
  if (nearly_full) bell.ring();
}

void Meter::State::begin(Instant at) {
  window_begin = at;
  account.begin(at);
  if (file != nullptr) file->encoder.begin(at);
}

void Meter::State::drain() {
  // No more than the queue holds: threads that mark without pause must not keep the sample waiting.
  Mark mark;
  for (std::size_t taken = 0; taken < MarkQueue::kCapacity && queue.pop(mark); ++taken) {
    if (mark.kind == Mark::Kind::open) {
      const auto stage = static_cast<std::size_t>(mark.stage);
      if (!announced[stage]) {
        announced[stage] = true;
        const std::string_view name = names.name(mark.stage);
        account.name(mark.stage, name);
        if (file != nullptr) file->encoder.name(mark.stage, name);
      }
    }
    account.mark(mark);
    if (file != nullptr) file->encoder.mark(mark);
  }
  drained.fetch_add(1, std::memory_order_acq_rel);
  drained.notify_all();
}

void Meter::State::take_sample(std::optional<Instant> pretended) {
  const std::scoped_lock lock(mutex);
  std::span<Reading> rest(readings);
  for (std::size_t s = 0; s < sensors.size(); ++s) {
    const std::size_t count = sensors[s]->domains().size();
    times[s] = pretended.value_or(Instant::now());
    sensors[s]->read(rest.first(count));
    rest = rest.subspan(count);
  }
  times.back() = pretended.value_or(Instant::now());
  if (options.share != nullptr) options.share->read(shares);
  drain();
  const Sample sample{times, readings, shares, pretended ? Duration{} : suspended_so_far()};
  if (!window_begin) begin(times.back());
  account.sample(sample);
  last_sample = times.back();
  if (file != nullptr) {
    file->encoder.sample(sample);
    file->write_some(last_sample);
  }
}

void Meter::State::run() {
  if (options.period < units::milliseconds(20)) ::prctl(PR_SET_TIMERSLACK, 1UL);
  const Duration distance = sampling_distance(options.period, account.domains());
  Instant next = last_sample + distance;
  while (!stop.load(std::memory_order_acquire)) {
    const bool wanted = edge_wanted.load(std::memory_order_acquire);
    bell.wait(wanted ? std::min(next, last_sample + kShortestEdgeGap) : next);
    if (stop.load(std::memory_order_acquire)) break;
    const Instant now = Instant::now();
    const bool edge =
        edge_wanted.load(std::memory_order_acquire) && now - last_sample >= kShortestEdgeGap;
    if (now >= next || edge) {
      edge_wanted.store(false, std::memory_order_release);
      take_sample();
      while (next <= now) next = next + distance;
    } else {
      const std::scoped_lock lock(mutex);
      drain();
    }
  }
}

void Meter::State::start_thread() {
  // Signals are the program's own: none may interrupt its handling by landing on this thread.
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  thread = std::thread([this] { run(); });
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  ::pthread_setname_np(thread.native_handle(), "turngreen-meter");
}

void Meter::State::stop_thread() {
  if (!thread.joinable()) return;
  clockid_t clock{};
  if (::pthread_getcpuclockid(thread.native_handle(), &clock) == 0) sampling_time = cpu_time(clock);
  stop.store(true, std::memory_order_release);
  bell.ring();
  thread.join();
}

void Meter::State::wait_until_settled(Instant end) {
  const Instant latest = end + kSettleTime + (end - *window_begin) * kSettleShare;
  Duration slowest;
  for (const Domain& domain : account.domains()) slowest = std::max(slowest, domain.step);
  const Instant deadline = std::min(latest, end + slowest * 1.5 + units::milliseconds(1));
  while (account.settled_until() < end && Instant::now() < deadline) {
    const Duration pause =
        std::clamp(slowest / 10, units::microseconds(100), units::milliseconds(10));
    const timespec wait{0, pause.in_nanoseconds()};
    ::nanosleep(&wait, nullptr);
    take_sample();
  }
}

Meter::Meter(std::vector<std::unique_ptr<Sensor>> sensors, MeterOptions options)
    : state_(std::make_unique<State>(std::move(sensors), options)) {
  if (options.sampling == Sampling::by_hand) return;
  state_->take_sample();
  state_->start_thread();
}

Meter::~Meter() {
  if (state_->ours.raised()) {
    state_->stop_thread();
  } else if (state_->thread.joinable()) {
    state_->thread.detach();  // it runs in the parent process only
  }
}

std::span<const Domain> Meter::domains() const { return state_->account.domains(); }

void Meter::begin(Instant at) {
  if (!state_->ours.raised()) return;
  const std::scoped_lock lock(state_->mutex);
  state_->begin(at);
}

StageId Meter::stage(std::string_view name) noexcept { return state_->names.intern(name); }

SpanId Meter::open(StageId stage) noexcept {
  const auto track = TrackId{static_cast<std::uint64_t>(::pthread_self()) & ~kForeignTrack};
  const SpanId span{state_->next_span.fetch_add(1, std::memory_order_relaxed)};
  state_->push({Mark::Kind::open, stage, span, SpanId{}, track, Instant::now()});
  return span;
}

void Meter::close(SpanId span) noexcept { close_at(span, Instant::now()); }

SpanId Meter::open_at(StageId stage, TrackId track, SpanId parent, Instant at) noexcept {
  const SpanId span{state_->next_span.fetch_add(1, std::memory_order_relaxed)};
  const TrackId foreign{static_cast<std::uint64_t>(track) | kForeignTrack};
  state_->push({Mark::Kind::open, stage, span, parent, foreign, at});
  return span;
}

void Meter::close_at(SpanId span, Instant at) noexcept {
  state_->push({Mark::Kind::close, StageId{}, span, SpanId{}, TrackId{}, at});
}

void Meter::sample_soon() noexcept {
  if (!state_->ours.raised()) return;
  if (!state_->edge_wanted.exchange(true, std::memory_order_acq_rel)) state_->bell.ring();
}

void Meter::sample() {
  if (state_->ours.raised()) state_->take_sample();
}

void Meter::sample(Instant at) {
  if (state_->ours.raised()) state_->take_sample(at);
}

void Meter::note(Fault fault) {
  if (!state_->ours.raised()) return;
  const std::scoped_lock lock(state_->mutex);
  if (state_->file != nullptr) state_->file->encoder.note(fault);
  state_->account.note(std::move(fault));
}

Statement Meter::snapshot() {
  if (!state_->ours.raised()) return {};
  const std::scoped_lock lock(state_->mutex);
  return state_->account.snapshot();
}

Statement Meter::finish(Instant at) {
  if (!state_->ours.raised()) return {};
  State& state = *state_;
  state.stop_thread();
  if (state.options.sampling == Sampling::by_thread) {
    state.take_sample();
    state.wait_until_settled(at);
  } else if (!state.window_begin) {
    state.take_sample(at);
  }
  const std::scoped_lock lock(state.mutex);
  state.stop.store(true, std::memory_order_release);
  while (!state.queue.empty()) state.drain();
  if (state.names.overflowed()) {
    Fault fault{FaultKind::overflow, "", 1, at, at, {}, std::string(explain(FaultKind::overflow))};
    if (state.file != nullptr) state.file->encoder.note(fault);
    state.account.note(std::move(fault));
  }
  if (state.file != nullptr) state.file->encoder.finish(at, state.sampling_time);
  state.account.finish(at);
  return state.account.statement(state.sampling_time);
}

}  // namespace turngreen::energy
