#include "turngreen/energy/tree_share.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "nvml_process_use.h"

namespace turngreen::energy {
namespace {

/// PROC_PID_INIT_INO of linux/include/linux/proc_ns.h: the namespace whose process numbers the
/// NVIDIA driver uses.
constexpr const char* kInitialPidNamespace = "pid:[4026531836]";

bool in_initial_pid_namespace(const std::filesystem::path& proc) {
  std::error_code unreadable;
  return std::filesystem::read_symlink(proc / "self/ns/pid", unreadable) == kInitialPidNamespace;
}

bool shared_by_cpu_time(const Domain& domain) {
  switch (domain.kind) {
    case DomainKind::package:
    case DomainKind::cores:
    case DomainKind::uncore:
    case DomainKind::dram:
      return true;
    case DomainKind::platform:
    case DomainKind::gpu:
    case DomainKind::module:
    case DomainKind::board:
    case DomainKind::battery:
      break;
  }
  return false;
}

bool is_nvidia_gpu(const Domain& domain) {
  return domain.kind == DomainKind::gpu &&
         (domain.source == Source::nvml_counter || domain.source == Source::nvml_power);
}

/// The origin of an NVML domain begins with the GPU's UUID.
std::string gpu_uuid(const Domain& domain) {
  return domain.origin.substr(0, domain.origin.find(' '));
}

}  // namespace

struct TreeShare::State {
  enum class Basis { none, cpu, gpu };
  struct Column {
    Basis basis = Basis::none;
    std::size_t gpu = 0;  // index into gpu_readings
  };

  ProcessShare& cpu;
  std::vector<Column> columns;
  std::unique_ptr<NvmlProcessUse> gpus;
  std::vector<ShareReading> gpu_readings;
  // Every process of the tree seen so far: the driver still tells the last samples of one that has
  // ended.
  std::vector<pid_t> pids;

  void read_gpus() noexcept;
};

void TreeShare::State::read_gpus() noexcept {
  try {
    for (const pid_t pid : cpu.pids()) {
      const auto place = std::lower_bound(pids.begin(), pids.end(), pid);
      if (place == pids.end() || *place != pid) pids.insert(place, pid);
    }
    gpus->read(pids, gpu_readings);
  } catch (...) {  // out of memory: this reading is unknown, the next may work
    std::fill(gpu_readings.begin(), gpu_readings.end(), ShareReading{});
  }
}

TreeShare::TreeShare(std::span<const Domain> domains, ProcessShare& cpu,
                     const std::string& nvml_library, const std::filesystem::path& proc)
    : state_(new State{cpu, {}, {}, {}, {}}) {
  std::vector<std::string> uuids;
  for (const auto& domain : domains) {
    State::Column column;
    if (shared_by_cpu_time(domain)) column.basis = State::Basis::cpu;
    if (is_nvidia_gpu(domain)) {
      const auto uuid = gpu_uuid(domain);
      const auto known = std::find(uuids.begin(), uuids.end(), uuid);
      column = {State::Basis::gpu, static_cast<std::size_t>(known - uuids.begin())};
      if (known == uuids.end()) uuids.push_back(uuid);
    }
    state_->columns.push_back(column);
  }
  state_->gpu_readings.resize(uuids.size());
  if (uuids.empty() || !in_initial_pid_namespace(proc)) return;
  if (auto opened = NvmlProcessUse::open(nvml_library, uuids)) state_->gpus = std::move(*opened);
}

TreeShare::~TreeShare() = default;

void TreeShare::read(std::span<ShareReading> out) noexcept {
  const std::optional<CpuTime> time = state_->cpu.read();
  const ShareReading cpu =
      time ? ShareReading{true, time->tree, time->machine, time->tree_step, time->machine_step}
           : ShareReading{};
  if (state_->gpus) state_->read_gpus();
  for (std::size_t i = 0; i < state_->columns.size(); ++i) {
    switch (const auto& column = state_->columns[i]; column.basis) {
      case State::Basis::none:
        out[i] = {};
        break;
      case State::Basis::cpu:
        out[i] = cpu;
        break;
      case State::Basis::gpu:
        out[i] = state_->gpu_readings[column.gpu];
        break;
    }
  }
}

}  // namespace turngreen::energy
