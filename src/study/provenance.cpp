#include "turngreen/study/provenance.h"

#include <unistd.h>

#include <array>
#include <cstdlib>

#include "git_state.h"
#include "turngreen/energy/machine.h"

namespace turngreen::study {
namespace {

/// Variables that are known to change results, speed or energy. Others are not kept: they may hold
/// secrets.
constexpr std::array kVariables{
    "OMP_NUM_THREADS",
    "OMP_PROC_BIND",
    "OMP_PLACES",
    "OMP_WAIT_POLICY",
    "GOMP_CPU_AFFINITY",
    "KMP_AFFINITY",
    "KMP_BLOCKTIME",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
    "TOKENIZERS_PARALLELISM",
    "CUDA_VISIBLE_DEVICES",
    "CUDA_DEVICE_ORDER",
    "NVIDIA_VISIBLE_DEVICES",
    "HIP_VISIBLE_DEVICES",
    "ROCR_VISIBLE_DEVICES",
    "ZE_AFFINITY_MASK",
    "CUBLAS_WORKSPACE_CONFIG",
    "NVIDIA_TF32_OVERRIDE",
    "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
    "PYTORCH_CUDA_ALLOC_CONF",
    "PYTORCH_NO_CUDA_MEMORY_CACHING",
    "XLA_FLAGS",
    "TF_ENABLE_ONEDNN_OPTS",
    "TF_DETERMINISTIC_OPS",
    "MALLOC_ARENA_MAX",
    "MALLOC_CONF",
    "LD_PRELOAD",
    "PYTHONHASHSEED",
    "PYTHONOPTIMIZE",
    "SLURM_JOB_ID",
};

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

Provenance provenance_of(const std::filesystem::path& directory) {
  Provenance facts;
  const auto add = [&facts](std::string name, std::string value) {
    if (!value.empty()) facts.emplace_back(std::move(name), std::move(value));
  };
  const energy::Machine machine = energy::describe_machine();
  add("machine", host_name());
  add("cpu", machine.cpu_model);
  add("microarchitecture", machine.microarchitecture);
  add("logical_cpus", std::to_string(machine.logical_cpus));
  add("memory_bytes", std::to_string(machine.memory_bytes));
  add("hypervisor", machine.hypervisor);
  add("kernel", machine.kernel);
  add("os", machine.os);
  add("turngreen", TURNGREEN_VERSION);
  if (const auto git = git_state(directory)) {
    add("git_commit", git->commit);
    add("git_dirty", git->dirty);
  }
  for (const char* variable : kVariables) {
    // Set and empty says something too: no GPU is visible.
    if (const char* value = std::getenv(variable)) {
      facts.emplace_back(std::string("environment.") + variable, value);
    }
  }
  return facts;
}

}  // namespace turngreen::study
