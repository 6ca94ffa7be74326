#include "turngreen/energy/rapl_perf.h"

#include <linux/perf_event.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "mirrored_counters.h"
#include "power_pmu.h"
#include "rapl_domain.h"
#include "sysfs_file.h"

namespace turngreen::energy {
namespace {

constexpr const char* kSensor = "RAPL (perf_event)";

/// The descriptor of one counting event.
class PerfCounter {
 public:
  explicit PerfCounter(int fd) : fd_(fd) {}
  PerfCounter(PerfCounter&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  PerfCounter& operator=(PerfCounter&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~PerfCounter() {
    if (fd_ >= 0) ::close(fd_);
  }

  Reading read() const noexcept {
    std::uint64_t count = 0;
    ssize_t size = 0;
    do {
      size = ::read(fd_, &count, sizeof count);
    } while (size < 0 && errno == EINTR);
    if (size == static_cast<ssize_t>(sizeof count)) return Reading::of(count);
    if (size < 0 && state_of_errno(errno) == SysfsFile::State::denied) return Reading::denied();
    return Reading::missing();  // 0 bytes: the event is in the error state, its CPU is offline
  }

 private:
  int fd_;
};

struct OpenEvent {
  Domain domain;
  RaplPart part;
  PerfCounter counter;
};

/// One place per CPU of the PMU's mask: its socket, and its die where a socket has several.
std::vector<RaplPart> places_of(const std::vector<int>& cpus, const std::filesystem::path& root) {
  std::vector<RaplPart> places;
  std::map<unsigned, unsigned> seen;
  for (std::size_t i = 0; i < cpus.size(); ++i) {
    const auto topology = root / fmt::format("cpu{}/topology", cpus[i]);
    const auto socket = read_number_attribute(topology / "physical_package_id");
    const auto die = read_number_attribute(topology / "die_id");
    RaplPart place;
    // Where the topology is hidden, the mask's order numbers the sockets.
    place.socket = static_cast<unsigned>(socket.value_or(i) & 0xffff);
    place.die = static_cast<unsigned>(die.value_or(seen[place.socket]) & 0xffff);
    ++seen[place.socket];
    places.push_back(place);
  }
  for (RaplPart& place : places)
    if (seen[place.socket] == 1) place.die.reset();
  return places;
}

Obstacle denied_obstacle(const std::string& event) {
  const auto paranoid = read_attribute("/proc/sys/kernel/perf_event_paranoid");
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  Obstacle obstacle{
      kSensor,
      fmt::format("perf_event_open of {} was refused: it needs CAP_PERFMON, or "
                  "kernel.perf_event_paranoid at 0 or below ({} now; for all users: sudo sysctl "
                  "kernel.perf_event_paranoid=0)",
                  event, paranoid ? *paranoid : "unknown"),
      fmt::format("sudo setcap cap_perfmon=ep '{}'", error ? "turngreen" : program.string())};
  // Root without the capability sits in a container, where a file's capability would not help.
  if (geteuid() == 0) obstacle.remedy = "docker run --cap-add PERFMON ...";
  return obstacle;
}

/// The event on every place, or none of it.
std::vector<OpenEvent> open_everywhere(const PowerPmu& pmu, const PowerPmu::Event& event,
                                       const std::vector<RaplPart>& places,
                                       const RaplPerfPlaces& from, Opened<RaplPerf>& opened) {
  const std::string origin = fmt::format("power/{}/", event.name);
  // psys is one counter of the whole platform, whichever socket is asked.
  const std::size_t count = event.kind == DomainKind::platform ? 1 : places.size();
  std::vector<OpenEvent> open;
  for (std::size_t i = 0; i < count; ++i) {
    RaplPart part = places[i];
    part.kind = event.kind;
    if (event.kind == DomainKind::platform) part = {event.kind, 0, std::nullopt};
    const std::string where = fmt::format("{} on CPU {}", origin, pmu.cpus[i]);
    const int fd = from.open_event(pmu.type, event.config, pmu.cpus[i]);
    if (fd < 0 && state_of_errno(-fd) == SysfsFile::State::denied) {
      if (opened.obstacles.empty()) opened.obstacles.push_back(denied_obstacle(where));
      return {};
    }
    PerfCounter counter(fd);
    if (fd < 0 || counter.read().state != Reading::State::ok) {
      opened.left_out.push_back(
          {domain_name(part), where,
           fd < 0 ? fmt::format("perf_event_open failed: {}", std::generic_category().message(-fd))
                  : "the event opened but gives no count"});
      return {};
    }
    Domain domain = rapl_domain(part, Source::rapl_perf, where);
    domain.unit = event.unit;
    open.push_back({std::move(domain), part, std::move(counter)});
  }
  return open;
}

/// Leaves out dies that show their socket's counter again (older kernels on AMD).
std::vector<OpenEvent> without_mirrors(std::vector<OpenEvent> events, Opened<RaplPerf>& opened) {
  const bool suspect = std::any_of(events.begin(), events.end(), [](const OpenEvent& event) {
    const bool counted =
        event.part.kind == DomainKind::package || event.part.kind == DomainKind::dram;
    return counted && event.part.die.has_value();
  });
  if (!suspect) return events;
  std::vector<unsigned> groups;
  groups.reserve(events.size());
  for (const OpenEvent& event : events) groups.push_back(event.part.socket);
  const auto passes = watch_counters(events.size(), [&](std::span<Reading> out) {
    for (std::size_t i = 0; i < events.size(); ++i) out[i] = events[i].counter.read();
  });
  const auto originals = find_mirrors(passes, groups, CountingFrom::own_origin);
  std::vector<OpenEvent> kept;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (originals[i])
      opened.left_out.push_back(
          {events[i].domain.name, events[i].domain.origin,
           fmt::format("shows the same counter as {}", events[*originals[i]].domain.name)});
  }
  for (std::size_t i = 0; i < events.size(); ++i)
    if (!originals[i]) kept.push_back(std::move(events[i]));
  for (OpenEvent& event : kept) {
    const auto alike = std::count_if(kept.begin(), kept.end(), [&](const OpenEvent& other) {
      return other.part.socket == event.part.socket;
    });
    if (alike > 1) continue;
    event.part.die.reset();
    event.domain.name = domain_name(event.part);
  }
  return kept;
}

}  // namespace

int open_perf_event(std::uint32_t type, std::uint64_t config, int cpu) {
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = type;
  attributes.config = config;
  constexpr int kEveryProcess = -1;
  constexpr int kNoGroup = -1;
  const long fd = ::syscall(SYS_perf_event_open, &attributes, kEveryProcess, cpu, kNoGroup,
                            static_cast<unsigned long>(PERF_FLAG_FD_CLOEXEC));
  return fd < 0 ? -errno : static_cast<int>(fd);
}

struct RaplPerf::State {
  std::vector<Domain> domains;
  std::vector<PerfCounter> counters;  ///< one per domain
};

Opened<RaplPerf> RaplPerf::open(const RaplPerfPlaces& places) {
  Opened<RaplPerf> opened;
  const std::filesystem::path directory = places.event_source / "power";
  auto pmu = describe_power_pmu(directory);
  if (!pmu) {
    if (pmu.error().kind != Error::Kind::not_found)
      opened.obstacles.push_back({kSensor, pmu.error().message, ""});
    return opened;
  }
  opened.left_out = std::move(pmu->left_out);
  std::error_code error;
  if (std::filesystem::exists(places.event_source / "power_core", error))
    opened.left_out.push_back({"power_core", (places.event_source / "power_core").string(),
                               "one counter per core, all of them part of their package"});

  auto state = std::make_unique<State>();
  const std::vector<RaplPart> sockets = places_of(pmu->cpus, places.cpus);
  for (const PowerPmu::Event& event : pmu->events) {
    for (OpenEvent& open :
         without_mirrors(open_everywhere(*pmu, event, sockets, places, opened), opened)) {
      state->domains.push_back(std::move(open.domain));
      state->counters.push_back(std::move(open.counter));
    }
  }
  mark_overlaps(state->domains, {});
  if (!state->domains.empty()) opened.sensor.reset(new RaplPerf(std::move(state)));
  return opened;
}

RaplPerf::RaplPerf(std::unique_ptr<State> state) : state_(std::move(state)) {}
RaplPerf::~RaplPerf() = default;

std::span<const Domain> RaplPerf::domains() const { return state_->domains; }

void RaplPerf::read(std::span<Reading> out) noexcept {
  for (std::size_t i = 0; i < state_->counters.size(); ++i) out[i] = state_->counters[i].read();
}

}  // namespace turngreen::energy
