#include "model/model.h"

#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <cassert>
#include <memory>
#include <numeric>
#include <variant>

#include "model/bert.h"
#include "model/distilbert.h"
#include "model/fused/fused_encoder.h"
#include "model/modernbert.h"
#include "model/parameter_loader.h"
#include "model/prepared/prepared_encoder.h"

namespace turngreen::model {
namespace {

using Network = std::variant<Bert, DistilBert, ModernBert>;

struct Names {
  const char* prefix;
  const char* layers;
};

template <typename T>
Names names_of() {
  return {T::kPrefix, T::kLayers};
}

Names names_of(checkpoint::Family family) {
  switch (family) {
    case checkpoint::Family::bert:
      return names_of<Bert>();
    case checkpoint::Family::distilbert:
      return names_of<DistilBert>();
    case checkpoint::Family::modernbert:
      return names_of<ModernBert>();
  }
  return {};
}

/// Each with the attention that it has among all.
std::vector<checkpoint::LayerAttention> of_layers(
    const std::vector<checkpoint::LayerAttention>& all, const std::vector<std::size_t>& kept) {
  std::vector<checkpoint::LayerAttention> layers;
  for (const std::size_t layer : kept) layers.push_back(all[layer]);
  return layers;
}

Network load_network(ParameterLoader& loader, const checkpoint::Architecture& architecture,
                     std::optional<std::int64_t> outputs) {
  switch (architecture.family) {
    case checkpoint::Family::bert:
      return load_bert(loader, architecture, outputs);
    case checkpoint::Family::distilbert:
      return load_distilbert(loader, architecture, outputs);
    case checkpoint::Family::modernbert:
      return load_modernbert(loader, architecture, outputs);
  }
  return {};
}

/// The head that a checkpoint has; its config need not name the classes.
std::optional<checkpoint::Labels> labels_in(const checkpoint::ModelFolder& folder) {
  const auto classifier = folder.tensors().find("classifier.weight");
  if (classifier == folder.tensors().end()) return std::nullopt;
  if (folder.config().labels) return folder.config().labels;
  const auto& shape = classifier->second.shape;
  checkpoint::Labels labels;
  for (std::int64_t i = 0; i < (shape.empty() ? 0 : shape.front()); ++i)
    labels.names.push_back(fmt::format("LABEL_{}", i));
  return labels;
}

/// [rows, hidden] to padded [sequences, tokens, hidden]; packed batches are rows.
at::Tensor in_layout(const at::Tensor& rows, const TokenBatch& batch) {
  if (batch.layout == Layout::packed) return rows;
  return rows.view({batch.ids.size(0), batch.ids.size(1), rows.size(1)});
}

/// As if each sequence were its first token alone, for a head that takes no other.
TokenBatch first_tokens_of(const TokenBatch& batch) {
  TokenBatch firsts;
  firsts.layout = Layout::packed;
  firsts.starts.resize(batch.starts.size());
  std::iota(firsts.starts.begin(), firsts.starts.end(), std::int64_t{0});
  firsts.ids = at::zeros({batch.sequences()}, batch.ids.options());
  return firsts;
}

}  // namespace

struct Model::Parts {
  /// Made when it is first asked for.
  fused::FusedEncoder& fused_encoder() {
    if (!fused) {
      std::visit([&](const auto& it) { fused = std::make_unique<fused::FusedEncoder>(it); },
                 network);
    }
    return *fused;
  }

  checkpoint::ModelConfig config;
  std::optional<checkpoint::Labels> labels;
  DroppedLayers dropped;
  Network network;
  ParameterLoader::Loaded loaded;
  std::unique_ptr<fused::FusedEncoder> fused;
};

Model::Model(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

Result<Model> Model::load(const checkpoint::ModelFolder& folder, const LoadOptions& options) {
  auto parts = std::make_unique<Parts>();
  parts->config = folder.config();
  parts->dropped = options.dropped;
  parts->labels = options.labels ? options.labels : labels_in(folder);
  auto& architecture = parts->config.architecture;
  const auto kept = kept_layers(architecture, options.dropped);
  if (!kept) {
    return fail(kept.error().kind,
                fmt::format("{}: {}", folder.path().string(), kept.error().message));
  }
  architecture.layers = of_layers(architecture.layers, *kept);
  std::optional<std::int64_t> outputs;
  if (parts->labels) outputs = static_cast<std::int64_t>(parts->labels->names.size());
  const Names names = names_of(architecture.family);
  ParameterLoader loader(folder, {.prefix = names.prefix,
                                  .layers = names.layers,
                                  .kept_layers = *kept,
                                  .has_head = outputs.has_value(),
                                  .seed = options.seed,
                                  .device = options.device});
  parts->network = load_network(loader, architecture, outputs);
  auto loaded = std::move(loader).finish();
  if (!loaded) return tl::unexpected(loaded.error());
  parts->loaded = *std::move(loaded);
  return Model(std::move(parts));
}

const checkpoint::Architecture& Model::architecture() const { return parts_->config.architecture; }
const std::optional<checkpoint::Labels>& Model::labels() const { return parts_->labels; }
const LoadReport& Model::load_report() const { return parts_->loaded.report; }
const DroppedLayers& Model::dropped_layers() const { return parts_->dropped; }

std::span<const Parameter> Model::parameters() const { return parts_->loaded.parameters; }

at::Tensor Model::hidden_states(const TokenBatch& batch, const ForwardOptions& options) const {
  if (options.kernels == Kernels::fused) {
    const ForwardPass pass(first_tokens_of(batch), architecture(), options);
    return parts_->fused_encoder().rows(batch, pass, false);
  }
  const ForwardPass pass(batch, architecture(), options);
  return in_layout(
      std::visit([&](const auto& network) { return encode(network, pass); }, parts_->network),
      batch);
}

at::Tensor Model::logits(const TokenBatch& batch, const ForwardOptions& options) const {
  assert(parts_->labels);
  if (options.kernels == Kernels::fused) return fused_logits(batch, options);
  const ForwardPass pass(batch, architecture(), options);
  return std::visit(
      [&](const auto& network) {
        return classify(network, in_layout(encode(network, pass), batch), batch, pass);
      },
      parts_->network);
}

at::Tensor Model::fused_logits(const TokenBatch& batch, const ForwardOptions& options) const {
  const ForwardPass pass(first_tokens_of(batch), architecture(), options);
  return classified(parts_->fused_encoder().rows(batch, pass, takes_first_tokens()), batch,
                    options);
}

std::unique_ptr<prepared::PreparedEncoder> Model::prepared(kernels::Format format) const {
  return std::visit(
      [&](const auto& network) {
        return std::make_unique<prepared::PreparedEncoder>(network, format);
      },
      parts_->network);
}

at::Tensor Model::logits(const TokenBatch& batch, prepared::PreparedEncoder& encoder) const {
  return classified(encoder.rows(batch, takes_first_tokens()), batch, {});
}

bool Model::takes_first_tokens() const {
  return architecture().family != checkpoint::Family::modernbert ||
         architecture().classifier_pooling == checkpoint::Pooling::cls;
}

at::Tensor Model::classified(const at::Tensor& rows, const TokenBatch& batch,
                             const ForwardOptions& options) const {
  const TokenBatch firsts = first_tokens_of(batch);
  const ForwardPass pass(firsts, architecture(), options);
  return std::visit(
      [&](const auto& network) {
        return classify(network, rows, takes_first_tokens() ? firsts : batch, pass);
      },
      parts_->network);
}

std::vector<std::pair<std::string, at::Tensor>> Model::named_tensors() const {
  std::vector<std::pair<std::string, at::Tensor>> tensors = parts_->loaded.kept;
  for (const Parameter& parameter : parameters()) {
    const at::Tensor values = parameter.tensor.detach().cpu().contiguous();
    const auto parts = values.chunk(static_cast<std::int64_t>(parameter.names.size()));
    for (std::size_t i = 0; i < parts.size(); ++i)
      tensors.emplace_back(parameter.names[i], parts[i]);
  }
  return tensors;
}

checkpoint::ModelConfig Model::config() const {
  checkpoint::ModelConfig config = parts_->config;
  if (parts_->labels) config.labels = parts_->labels;
  return config;
}

}  // namespace turngreen::model
