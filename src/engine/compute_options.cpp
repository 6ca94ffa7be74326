#include "compute_options.h"

#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "compute_choices.h"
#include "model/device.h"
#include "row_choices.h"
#include "turngreen_run.hpp"
#include "usable_threads.h"

namespace turngreen::engine {
void add_layout_option(CLI::App& app, ComputeOptions& options) {
  add_choice(app, "--layout", kLayouts, options.layout)
      ->description("whether texts of a batch are filled up to the longest, or laid head to tail");
}

void add_compute_options(CLI::App& app, ComputeOptions& options) {
  app.add_option("--device", options.device,
                 "cpu, cuda or cuda:N; without it the first GPU, or the CPU where there is none")
      ->type_name("DEVICE");
  add_choice(app, "--precision", kPrecisions, options.precision)
      ->description("of matrix products; weights stay in fp32");
  app.add_option("--batch-size", options.batch_size, "texts of one forward pass")
      ->type_name("N")
      ->check(CLI::Range(1, 1 << 20))
      ->capture_default_str();
  app.add_option("--threads", options.threads, "threads; all there are unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_choice(app, "--attention", kAttentions, options.attention)
      ->description("libtorch's scaled_dot_product_attention, or step by step");
  add_choice(app, "--compile", kCompile, options.kernels)
      ->description("on: fused kernels between the matrix products; for packed texts");
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
  if (const auto able = model::check_precision(options.precision, *device); !able) {
    return tl::unexpected<Error>(able.error());
  }
  if (options.precision == model::Precision::fp16 && options.kernels == model::Kernels::fused) {
    return fail(
        Error::Kind::unsupported,
        "--precision fp16 --compile on: the fused kernels compute in fp32 or bf16; take one "
        "of those, or --compile off");
  }
  if (options.threads == 0) options.threads = usable_threads();
  at::set_num_threads(options.threads);
  return device;
}

std::string_view name_of(model::Precision precision) { return name_in(kPrecisions, precision); }
std::string_view name_of(model::Layout layout) { return name_in(kLayouts, layout); }
std::string_view name_of(model::AttentionKernel attention) {
  return name_in(kAttentions, attention);
}

std::string_view name_of(model::Kernels kernels) { return name_in(kCompile, kernels); }

void tell_effective(const ComputeOptions& options, at::Device device) {
  run::effective("device", device.str());
  run::effective("precision", std::string(name_of(options.precision)));
  run::effective("attention", std::string(name_of(options.attention)));
  run::effective("compile", std::string(name_of(options.kernels)));
  run::effective("batch_size", static_cast<double>(options.batch_size));
  run::effective("threads", options.threads);
}

}  // namespace turngreen::engine
