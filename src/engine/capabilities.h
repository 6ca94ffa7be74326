#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine_knobs.h"
#include "turngreen/engine/checkpoint/model_folder.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// What the knobs are asked for.
struct Combination {
  std::string device;  ///< "cpu", "cuda", "cuda:1"; empty: the one that commands take by themselves
  const checkpoint::ModelFolder* model = nullptr;  ///< null: none in particular
};

struct LibtorchBuild {
  std::string version;
  bool has_cuda = false;
  std::string cpu_instructions;  ///< that its own kernels take here: "AVX512"
};

struct DeviceFound {
  std::string id;    ///< "cpu", "cuda:0"
  std::string name;  ///< "NVIDIA H200"; empty where nobody tells
};

/// What this build can do on this machine.
struct Capabilities {
  std::optional<LibtorchBuild> libtorch;
  std::vector<DeviceFound> devices;
  std::string device;  ///< that the knobs are of; empty where there is none
  std::vector<KnobSupport> knobs;
};

/// Error: the device is not there.
Result<Capabilities> find_capabilities(const Combination& combination);

}  // namespace turngreen::engine
