#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/model.h"
#include "model/precision.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// What every command that runs a model can be told, under the same names.
struct ComputeOptions {
  std::string device;  ///< "cpu", "cuda", "cuda:1"; empty: the first GPU, without one the CPU
  model::Precision precision = model::Precision::fp32;
  model::Layout layout = model::Layout::padded;
  model::AttentionKernel attention = model::AttentionKernel::sdpa;
  model::Kernels kernels = model::Kernels::libtorch;  ///< --compile on: fused
  std::int64_t batch_size = 8;
  int threads = 0;                         ///< 0: as many as this process may use
  std::optional<std::int64_t> max_length;  ///< tokens; absent: what the model folder says
  data::BadRows on_bad_row = data::BadRows::error;
  bool quiet = false;
};

/// --layout, of the commands that train nothing.
void add_layout_option(CLI::App& app, ComputeOptions& options);

/// --device, --precision, --batch-size, --threads, --attention, --compile,
/// --max-length,
/// --on-bad-row and --quiet; their defaults are what `options` holds. It must outlive the app.
void add_compute_options(CLI::App& app, ComputeOptions& options);

/// The device, once it is known to be there and to do that precision. Sets libtorch's threads and
/// puts their number into `options`. Error: what cannot be met; nothing is done otherwise instead.
Result<at::Device> prepare_device(ComputeOptions& options);

std::string_view name_of(model::Precision precision);        ///< "fp32"
std::string_view name_of(model::Layout layout);              ///< "padded"
std::string_view name_of(model::AttentionKernel attention);  ///< "sdpa"
std::string_view name_of(model::Kernels kernels);            ///< "on" for fused ones, else "off"

/// Tells the run protocol what was used: device, precision, attention, compile,
/// batch_size, threads.
void tell_effective(const ComputeOptions& options, at::Device device);

}  // namespace turngreen::engine
