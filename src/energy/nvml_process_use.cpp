#include "nvml_process_use.h"

#include <fmt/format.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "nvml_api.h"

namespace turngreen::energy {
namespace {

// More processes than this never share a GPU: MPS, the way to share one among most, allows 48
// clients.
constexpr unsigned kMostProcesses = 1024;
// The driver samples each process every 1/6 to 1 s (nvidia-smi's manual, "Utilization").
constexpr auto kSamplePeriod = units::seconds(1);

/// The driver stamps its samples with the time since the epoch.
unsigned long long microseconds_since_epoch() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<unsigned long long>(now.tv_sec) * 1'000'000ULL +
         static_cast<unsigned long long>(now.tv_nsec) / 1000ULL;
}

struct Gpu {
  nvml::Device device = nullptr;
  bool supported = false;
  unsigned long long newest = 0;  // microseconds since the epoch: samples up to here are counted
  std::int64_t tree_ns = 0;
  std::int64_t whole_ns = 0;
};

}  // namespace

struct NvmlProcessUse::State {
  std::unique_ptr<nvml::Api> api;
  std::vector<Gpu> gpus;
  std::array<nvml::ProcessSample, kMostProcesses> samples;

  void update(Gpu& gpu, std::span<const pid_t> pids) noexcept;
};

void NvmlProcessUse::State::update(Gpu& gpu, std::span<const pid_t> pids) noexcept {
  unsigned count = kMostProcesses;
  const int status = api->process_utilization(gpu.device, samples.data(), count, gpu.newest);
  if (status == nvml::kNotFound) return;  // nothing newer
  if (status != nvml::kSuccess) {
    gpu.supported = status == nvml::kInsufficientSize;
    return;
  }
  unsigned long long newest = gpu.newest;
  for (const auto& sample : std::span(samples).first(std::min(count, kMostProcesses))) {
    // A sample tells the mean since the newest one that we named; above 100 it is garbage (seen
    // with pid 0).
    if (sample.microseconds <= gpu.newest || sample.sm_percent > 100) continue;
    const auto busy_ns =
        static_cast<std::int64_t>((sample.microseconds - gpu.newest) * sample.sm_percent * 10ULL);
    const bool ours =
        std::find(pids.begin(), pids.end(), static_cast<pid_t>(sample.pid)) != pids.end();
    gpu.whole_ns += busy_ns;
    if (ours) gpu.tree_ns += busy_ns;
    newest = std::max(newest, sample.microseconds);
  }
  gpu.newest = newest;
}

NvmlProcessUse::NvmlProcessUse(std::unique_ptr<State> state) : state_(std::move(state)) {}
NvmlProcessUse::~NvmlProcessUse() = default;

Result<std::unique_ptr<NvmlProcessUse>> NvmlProcessUse::open(
    const std::string& library, std::span<const std::string> gpu_uuids) {
  auto api = nvml::Api::open(library);
  if (!api) return tl::unexpected(api.error());
  auto state = std::make_unique<State>();
  state->api = std::move(*api);
  for (const auto& uuid : gpu_uuids) {
    Gpu gpu;
    if (const int status = state->api->device_by_uuid(uuid, gpu.device); status != nvml::kSuccess) {
      return fail(Error::Kind::not_found,
                  fmt::format("no GPU with the UUID {}: {}", uuid, state->api->describe(status)));
    }
    bool mig = false;
    state->api->mig_enabled(gpu.device, mig);
    gpu.supported = !mig;
    gpu.newest = microseconds_since_epoch();
    if (gpu.supported) {
      unsigned count = kMostProcesses;
      const int status =
          state->api->process_utilization(gpu.device, state->samples.data(), count, gpu.newest);
      gpu.supported = status == nvml::kSuccess || status == nvml::kNotFound;
    }
    state->gpus.push_back(gpu);
  }
  return std::unique_ptr<NvmlProcessUse>(new NvmlProcessUse(std::move(state)));
}

void NvmlProcessUse::read(std::span<const pid_t> pids, std::span<ShareReading> out) noexcept {
  for (std::size_t i = 0; i < state_->gpus.size(); ++i) {
    auto& gpu = state_->gpus[i];
    if (gpu.supported) state_->update(gpu, pids);
    out[i] = gpu.supported
                 ? ShareReading{true, units::nanoseconds(gpu.tree_ns),
                                units::nanoseconds(gpu.whole_ns), kSamplePeriod, kSamplePeriod}
                 : ShareReading{};
  }
}

}  // namespace turngreen::energy
