#include "compute_options.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "model/device.h"
#include "option_choice.h"
#include "row_choices.h"
#include "turngreen_run.hpp"
#include "usable_threads.h"

namespace turngreen::engine {

void add_compute_options(CLI::App& app, ComputeOptions& options) {
  app.add_option("--device", options.device,
                 "cpu, cuda or cuda:N; without it the first GPU, or the CPU where there is none")
      ->type_name("DEVICE");
  app.add_option("--batch-size", options.batch_size, "texts of one forward pass")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  app.add_option("--threads", options.threads, "threads; all there are unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  app.add_option("--max-length", options.max_length,
                 "tokens that texts are cut at, instead of what the model folder says")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 30));
  add_choice(app, "--on-bad-row", kBadRows, options.on_bad_row)
      ->description("stop at a row that cannot be used, or leave it out");
  app.add_flag("--quiet", options.quiet, "neither progress nor summary");
}

Result<at::Device> prepare_device(ComputeOptions& options) {
  auto device = model::parse_device(options.device.empty() ? "cuda" : options.device);
  if (options.device.empty() && !device) device = at::Device(at::kCPU);
  if (!device) return device;
  if (options.threads == 0) options.threads = usable_threads();
  at::set_num_threads(options.threads);
  return device;
}

void tell_effective(const ComputeOptions& options, at::Device device) {
  run::effective("device", device.str());
  run::effective("batch_size", static_cast<double>(options.batch_size));
  run::effective("threads", options.threads);
}

}  // namespace turngreen::engine
