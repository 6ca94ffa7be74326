#include "train/train_checkpoint.h"

#include <ATen/Context.h>
#include <ATen/ops/empty_like.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "train/checkpoint_folders.h"
#include "train/tensor_views.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::train {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIdentity = "run.json";
constexpr const char* kState = "state.json";
constexpr const char* kOptimizer = "optimizer.safetensors";
constexpr const char* kBest = "best.safetensors";

Result<void> write_text(const fs::path& file, std::string_view text) {
  auto out = files::OutputFile::create(file);
  if (!out) return tl::unexpected(out.error());
  if (auto written = out->write(text); !written) return written;
  return out->finish();
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// libtorch's generators that training draws from, by the names of their devices.
std::vector<std::pair<std::string, at::Generator>> generators_of(const Training& training) {
  std::vector<std::pair<std::string, at::Generator>> generators{
      {"random.cpu", at::globalContext().defaultGenerator(at::kCPU)}};
  const at::Device device = training.model().parameters().front().tensor.device();
  if (!device.is_cpu())
    generators.emplace_back("random.device", at::globalContext().defaultGenerator(device));
  return generators;
}

Result<void> write_optimizer(const fs::path& file, const Training& training) {
  NamedTensors tensors;
  for (const auto& [name, tensor] : training.optimizer().state()) tensors.add(name, tensor);
  for (const auto& [name, generator] : generators_of(training))
    tensors.add(name, generator.get_state());
  return checkpoint::write_safetensors(file, tensors.views());
}

Result<void> write_best(const fs::path& file, const Training& training) {
  NamedTensors tensors;
  const auto best = training.best_weights();
  for (std::size_t i = 0; i < best.size(); ++i)
    tensors.add(training.model().parameters()[i].names.front(), best[i]);
  return checkpoint::write_safetensors(file, tensors.views());
}

/// Where several tensors of a file are one parameter here, each has its rows.
Result<void> read_weights(const fs::path& folder, const Training& training) {
  const auto file = checkpoint::SafetensorsFile::open(folder / "model.safetensors");
  if (!file) return tl::unexpected(file.error());
  for (const model::Parameter& parameter : training.model().parameters()) {
    const at::Tensor tensor = parameter.tensor.detach();
    const auto parts = static_cast<std::int64_t>(parameter.names.size());
    for (std::int64_t i = 0; i < parts; ++i) {
      const at::Tensor part =
          parts == 1 ? tensor
                     : tensor.narrow(0, i * tensor.size(0) / parts, tensor.size(0) / parts);
      const std::string& name = parameter.names[static_cast<std::size_t>(i)];
      if (auto copied = copy_from(*file, name, part); !copied) return copied;
    }
  }
  return {};
}

Result<void> read_optimizer(const fs::path& folder, const Training& training) {
  const auto file = checkpoint::SafetensorsFile::open(folder / kOptimizer);
  if (!file) return tl::unexpected(file.error());
  for (const auto& [name, tensor] : training.optimizer().state())
    if (auto copied = copy_from(*file, name, tensor); !copied) return copied;
  for (auto& [name, generator] : generators_of(training)) {
    at::Generator drawn = generator;
    const at::Tensor state = drawn.get_state();
    if (auto copied = copy_from(*file, name, state); !copied) return copied;
    drawn.set_state(state);
  }
  return {};
}

Result<std::vector<at::Tensor>> read_best(const fs::path& folder, const Training& training) {
  std::vector<at::Tensor> best;
  std::error_code ignored;
  if (!fs::exists(folder / kBest, ignored)) return best;
  const auto file = checkpoint::SafetensorsFile::open(folder / kBest);
  if (!file) return tl::unexpected(file.error());
  for (const model::Parameter& parameter : training.model().parameters()) {
    best.push_back(at::empty_like(parameter.tensor.detach()));
    if (auto copied = copy_from(*file, parameter.names.front(), best.back()); !copied)
      return tl::unexpected(copied.error());
  }
  return best;
}

Result<void> restore(const fs::path& folder, Training& training) {
  auto state = parse_training_state(text_of(folder / kState), (folder / kState).string());
  if (!state) return tl::unexpected(state.error());
  if (auto read = read_weights(folder, training); !read) return read;
  if (auto read = read_optimizer(folder, training); !read) return read;
  auto best = read_best(folder, training);
  if (!best) return tl::unexpected(best.error());
  training.resume(*std::move(state), *std::move(best));
  return {};
}

}  // namespace

Result<void> save_weights(const fs::path& folder, const model::Model& model,
                          const checkpoint::ModelFolder& source) {
  NamedTensors weights;
  for (const auto& [name, tensor] : model.named_tensors()) weights.add(name, tensor);
  std::error_code reason;
  fs::create_directories(folder, reason);
  if (reason)
    return fail(Error::Kind::io, fmt::format("{}: {}", folder.string(), reason.message()));
  return checkpoint::write_model_files(folder, model.config(), weights.views(), source);
}

Result<void> save_checkpoint(const CheckpointPlace& place, const Training& training) {
  std::error_code ignored;
  const fs::path folder = unfinished_checkpoint(place.output);
  fs::remove_all(folder, ignored);
  fs::create_directories(place.output, ignored);
  if (fs::exists(place.output / checkpoint_name(training.state().step), ignored)) return {};
  auto saved = save_weights(folder, training.model(), place.source);
  if (saved) saved = write_optimizer(folder / kOptimizer, training);
  if (saved && !training.best_weights().empty()) saved = write_best(folder / kBest, training);
  if (saved) saved = write_text(folder / kIdentity, run_identity_json(place.identity));
  if (saved) saved = write_text(folder / kState, training_state_json(training.state()));
  if (saved) saved = finish_checkpoint(place.output, training.state().step);
  if (!saved) {
    fs::remove_all(folder, ignored);
    return saved;
  }
  return remove_checkpoints(place.output, place.kept);
}

Result<bool> resume_from_checkpoint(const CheckpointPlace& place, Training& training) {
  const auto found = checkpoints_in(place.output);
  if (found.empty()) return false;
  const fs::path& last = found.back();
  const auto damaged = [&](const Error& error) {
    return fail(error.kind, fmt::format("{}: damaged: {}; remove it to go on from the checkpoint "
                                        "before it, or begin anew with --restart",
                                        last.string(), error.message));
  };
  const auto was = parse_run_identity(text_of(last / kIdentity), (last / kIdentity).string());
  if (!was) return damaged(was.error());
  if (const auto other = difference(*was, place.identity)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: is a checkpoint of another run: {}; go on with the same options "
                            "and data, begin anew with --restart (which removes it), or name "
                            "another --output",
                            last.string(), *other));
  }
  if (auto restored = restore(last, training); !restored) return damaged(restored.error());
  return true;
}

}  // namespace turngreen::train
