#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>
#include <string>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// What every command that runs a model can be told, under the same names.
struct ComputeOptions {
  std::string device;  ///< "cpu", "cuda", "cuda:1"; empty: the first GPU, without one the CPU
  std::int64_t batch_size = 8;
  int threads = 0;                         ///< 0: as many as this process may use
  std::optional<std::int64_t> max_length;  ///< tokens; absent: what the model folder says
  data::BadRows on_bad_row = data::BadRows::error;
  bool quiet = false;
};

/// --device, --batch-size, --threads, --max-length, --on-bad-row and --quiet; their defaults are
/// what `options` holds. It must outlive the app.
void add_compute_options(CLI::App& app, ComputeOptions& options);

/// The device, once it is known to be there. Sets libtorch's threads and puts their number into
/// `options`. Error: what cannot be met; nothing is done otherwise instead.
Result<at::Device> prepare_device(ComputeOptions& options);

/// Tells the run protocol what was used: device, batch_size, threads.
void tell_effective(const ComputeOptions& options, at::Device device);

}  // namespace turngreen::engine
