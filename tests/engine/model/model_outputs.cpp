// What a model makes of given batches, for comparison with the reference (compare_models.py).
//
//   model_outputs CASE...
//
// CASE is a folder with model/ and inputs.safetensors: ids [tokens of all], starts [sequences + 1],
// and where the model has a head, targets. Settings are tensors of one number: pad_to; seed (train,
// with the dropout of the config, from this seed); new_outputs (a new head of so many classes);
// layers_dropped, and dropped_from_bottom (1: it is).
// Writes outputs.safetensors, whose names start with "LAYOUT.KERNEL.", and saved/, the model again.
#include <ATen/Context.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros_like.h>
#include <fmt/format.h>

#include <cstring>
#include <iostream>
#include <map>

#include "model/checkpoint_tensor.h"
#include "model/flop_count.h"
#include "model/loss.h"
#include "model/model.h"
#include "model/precision.h"
#include "model/save_model.h"

namespace turngreen::model {
namespace {

using Outputs = std::map<std::string, at::Tensor>;

at::Tensor int64s(const checkpoint::SafetensorsFile& file, const std::string& name) {
  const auto& view = file.tensors().at(name);
  at::Tensor copy = at::empty(view.shape, at::kLong);
  std::memcpy(copy.mutable_data_ptr(), view.bytes.data(), view.bytes.size());
  return copy;
}

std::optional<std::int64_t> setting(const checkpoint::SafetensorsFile& file,
                                    const std::string& name) {
  if (!file.tensors().contains(name)) return std::nullopt;
  return int64s(file, name).item<std::int64_t>();
}

struct Case {
  data::Examples examples;
  std::vector<std::int64_t> chosen;
  std::optional<std::int64_t> pad_to;
  std::optional<std::int64_t> seed;
  std::optional<std::int64_t> new_outputs;
  DroppedLayers dropped;
};

Case read_case(const checkpoint::SafetensorsFile& file) {
  Case read;
  const at::Tensor ids = int64s(file, "ids");
  const at::Tensor starts = int64s(file, "starts");
  for (std::int64_t i = 0; i < ids.numel(); ++i)
    read.examples.ids.push_back(ids[i].item<std::int32_t>());
  read.examples.starts.clear();
  for (std::int64_t i = 0; i < starts.numel(); ++i)
    read.examples.starts.push_back(starts[i].item<std::int64_t>());
  for (std::int64_t i = 0; i < read.examples.size(); ++i) read.chosen.push_back(i);
  read.pad_to = setting(file, "pad_to");
  read.seed = setting(file, "seed");
  read.new_outputs = setting(file, "new_outputs");
  read.dropped.count = setting(file, "layers_dropped").value_or(0);
  if (setting(file, "dropped_from_bottom").value_or(0) == 1) read.dropped.from = LayerEnd::bottom;
  if (const auto found = file.tensors().find("targets"); found != file.tensors().end()) {
    if (found->second.dtype == checkpoint::Dtype::i64) {
      const at::Tensor classes = int64s(file, "targets");
      for (std::int64_t i = 0; i < classes.numel(); ++i)
        read.examples.classes.push_back(classes[i].item<std::int64_t>());
    } else {
      const at::Tensor targets = to_fp32(found->second, "targets").value();
      const auto* begin = targets.const_data_ptr<float>();
      read.examples.targets.assign(begin, begin + targets.numel());
    }
  }
  return read;
}

void add_gradients(const Model& model, const std::string& at, Outputs& outputs) {
  for (const Parameter& parameter : model.parameters()) {
    at::Tensor gradient = parameter.tensor.grad();
    if (!gradient.defined()) gradient = at::zeros_like(parameter.tensor);
    const auto parts = gradient.chunk(static_cast<std::int64_t>(parameter.names.size()));
    for (std::size_t i = 0; i < parts.size(); ++i)
      outputs[at + "gradient." + parameter.names[i]] = parts[i].contiguous();
    parameter.tensor.mutable_grad().reset();
  }
}

struct ForwardVariant {
  Layout layout = Layout::padded;
  AttentionKernel kernel = AttentionKernel::eager;

  std::string name() const {
    return fmt::format("{}.{}.", layout == Layout::padded ? "padded" : "packed",
                       kernel == AttentionKernel::eager ? "eager" : "sdpa");
  }
};

TokenBatch batch_in(const Model& model, const Case& of, Layout layout) {
  BatchOptions options;
  options.layout = layout;
  options.pad_id = model.architecture().pad_id.value_or(0);
  options.pad_to = of.pad_to.value_or(0);
  return make_batch(of.examples, of.chosen, options);
}

void add_outputs(const Model& model, const Case& of, const ForwardVariant& variant,
                 Outputs& outputs) {
  const std::string at = variant.name();
  const TokenBatch batch = batch_in(model, of, variant.layout);
  ForwardOptions options;
  options.attention = variant.kernel;
  options.training = of.seed.has_value();
  if (of.seed) at::manual_seed(static_cast<std::uint64_t>(*of.seed));
  if (!of.seed) {
    const at::Tensor hidden = model.hidden_states(batch, options);
    outputs[at + "hidden"] = hidden.detach().contiguous();
    outputs[at + "embedding"] = mean_pooled(hidden, batch).detach().contiguous();
  }
  if (!model.labels()) return;
  const auto problem = model.labels()->problem;
  const at::Tensor logits = model.logits(batch, options);
  outputs[at + "logits"] = logits.detach().contiguous();
  const FlopCount flops = executed_flops(model.architecture(), logits.size(1), batch);
  outputs[at + "flops"] = at::empty({1}, at::kLong).fill_(flops.forward);
  if (of.examples.classes.empty() && of.examples.targets.empty()) return;
  const at::Tensor targets = targets_of(of.examples, of.chosen, problem, logits.size(1), at::kCPU);
  const at::Tensor loss = summed_loss(logits, targets, problem, {}) / batch.sequences();
  loss.backward();
  outputs[at + "loss"] = loss.detach().reshape({1});
  add_gradients(model, at, outputs);
}

/// By libtorch's autocast, where this processor is up to it.
void add_bf16(const Model& model, const Case& of, const ForwardVariant& variant, Outputs& outputs) {
  if (!model.labels() || of.seed || !check_precision(Precision::bf16, at::kCPU)) return;
  const AutocastScope scope(Precision::bf16, at::kCPU);
  ForwardOptions options;
  options.attention = variant.kernel;
  const at::Tensor logits = model.logits(batch_in(model, of, variant.layout), options);
  logits.sum().backward();
  outputs[variant.name() + "bf16"] = logits.detach().to(at::kFloat).contiguous();
  for (const Parameter& parameter : model.parameters()) parameter.tensor.mutable_grad().reset();
}

Result<void> run_case(const std::filesystem::path& folder) {
  const auto inputs = checkpoint::SafetensorsFile::open(folder / "inputs.safetensors");
  if (!inputs) return tl::unexpected(inputs.error());
  const Case of = read_case(*inputs);
  const auto source = checkpoint::ModelFolder::open(folder / "model");
  if (!source) return tl::unexpected(source.error());
  LoadOptions loading;
  loading.dropped = of.dropped;
  if (of.new_outputs) {
    loading.labels.emplace();
    for (std::int64_t i = 0; i < *of.new_outputs; ++i)
      loading.labels->names.push_back(fmt::format("class {}", i));
  }
  const auto model = Model::load(*source, loading);
  if (!model) return tl::unexpected(model.error());
  Outputs outputs;
  for (const Layout layout : {Layout::padded, Layout::packed}) {
    // Draws of dropout follow the reference only where the shapes do.
    if (layout == Layout::packed && of.seed) continue;
    for (const AttentionKernel kernel : {AttentionKernel::eager, AttentionKernel::sdpa}) {
      add_outputs(*model, of, {layout, kernel}, outputs);
      add_bf16(*model, of, {layout, kernel}, outputs);
    }
  }
  std::vector<checkpoint::NamedTensor> views;
  for (const auto& [name, tensor] : outputs) views.push_back({name, view_of(tensor)});
  const auto written = checkpoint::write_safetensors(folder / "outputs.safetensors", views);
  if (!written) return written;
  return save_model(*model, folder / "saved", *source);
}

}  // namespace
}  // namespace turngreen::model

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (const auto done = turngreen::model::run_case(argv[i]); !done) {
      std::cerr << argv[i] << ": " << done.error().message << '\n';
      return 1;
    }
  }
}
