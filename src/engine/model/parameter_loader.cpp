#include "model/parameter_loader.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/zeros.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "model/checkpoint_tensor.h"
#include "turngreen/engine/checkpoint/mapped_memory.h"

namespace turngreen::model {
namespace {

/// TensorFlow's names of a norm's tensors, which old checkpoints still have.
std::string old_spelling(const std::string& name) {
  const auto replaced = [&](std::string_view now, std::string_view then) {
    return name.substr(0, name.size() - now.size()).append(then);
  };
  if (name.ends_with("LayerNorm.weight")) return replaced("weight", "gamma");
  if (name.ends_with("LayerNorm.bias")) return replaced("bias", "beta");
  return name;
}

/// Not parameters, and the same in every model: older releases of transformers saved them.
bool is_position_buffer(std::string_view name) { return name.ends_with("position_ids"); }

/// Where the digits of a layer's number are in a tensor's name.
struct NumberPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t number = 0;
};

std::optional<NumberPlace> layer_number_in(std::string_view name, std::string_view before) {
  const auto found = before.empty() ? std::string_view::npos : name.find(before);
  if (found == std::string_view::npos) return std::nullopt;
  NumberPlace place;
  place.begin = found + before.size();
  const char* begin = name.data() + place.begin;
  const auto [end, fault] = std::from_chars(begin, name.data() + name.size(), place.number);
  if (fault != std::errc()) return std::nullopt;
  place.end = place.begin + static_cast<std::size_t>(end - begin);
  return place;
}

}  // namespace

ParameterLoader::ParameterLoader(const checkpoint::ModelFolder& folder, LoaderOptions options)
    : folder_(folder),
      options_(std::move(options)),
      generator_(at::detail::createCPUGenerator(options_.seed)) {}

at::Tensor ParameterLoader::encoder_embedding(const std::string& name, std::int64_t rows,
                                              std::int64_t features) {
  return load_encoder({name + ".weight"}, {rows, features});
}

at::Tensor ParameterLoader::encoder_table(const std::string& name, std::int64_t rows,
                                          std::int64_t features) {
  at::Tensor table = encoder_embedding(name, rows, features);
  // Where it was missing or unfit, no parameter was added.
  if (table.dim() == 2) loaded_.parameters.back().is_table = true;
  return table;
}

Linear ParameterLoader::encoder_linear(const std::vector<std::string>& modules,
                                       const LinearShape& shape) {
  std::vector<std::string> weights;
  std::vector<std::string> biases;
  for (const std::string& module : modules) {
    weights.push_back(module + ".weight");
    biases.push_back(module + ".bias");
  }
  Linear linear;
  linear.weight = load_encoder(weights, {shape.out, shape.in});
  if (shape.bias) linear.bias = load_encoder(biases, {shape.out});
  return linear;
}

LayerNorm ParameterLoader::encoder_norm(const std::string& module, const NormShape& shape) {
  LayerNorm norm;
  norm.epsilon = shape.epsilon;
  norm.weight = load_encoder({module + ".weight"}, {shape.features});
  if (shape.bias) norm.bias = load_encoder({module + ".bias"}, {shape.features});
  return norm;
}

Linear ParameterLoader::head_linear(const std::string& module, const LinearShape& shape,
                                    const Initial& weight) {
  Linear linear;
  linear.weight = load_head(module + ".weight", {shape.out, shape.in}, weight);
  if (shape.bias) linear.bias = load_head(module + ".bias", {shape.out}, Initial::zeros());
  return linear;
}

LayerNorm ParameterLoader::head_norm(const std::string& module, const NormShape& shape) {
  LayerNorm norm;
  norm.epsilon = shape.epsilon;
  norm.weight = load_head(module + ".weight", {shape.features}, Initial::ones());
  if (shape.bias) norm.bias = load_head(module + ".bias", {shape.features}, Initial::zeros());
  return norm;
}

void ParameterLoader::keep(const std::string& module) {
  for (const char* part : {".weight", ".bias"}) {
    const Found found = find(options_.prefix + module + part);
    if (found.view == nullptr) continue;
    if (const at::Tensor values = read(found); values.defined())
      loaded_.kept.emplace_back(found.name, values);
  }
}

ParameterLoader::Found ParameterLoader::find(const std::string& name) {
  const std::string bare =
      name.starts_with(options_.prefix) ? name.substr(options_.prefix.size()) : name;
  for (const std::string& now : {name, bare}) {
    const std::string there = in_checkpoint(now);
    for (const std::string& spelling : {there, old_spelling(there)}) {
      const auto found = folder_.tensors().find(spelling);
      if (found == folder_.tensors().end()) continue;
      used_.insert(spelling);
      return {now, &found->second};
    }
  }
  return {name, nullptr};
}

std::string ParameterLoader::in_checkpoint(const std::string& name) const {
  const auto place = layer_number_in(name, options_.layers);
  if (!place) return name;
  return name.substr(0, place->begin) + std::to_string(options_.kept_layers.at(place->number)) +
         name.substr(place->end);
}

bool ParameterLoader::is_of_dropped_layer(const std::string& name) const {
  const auto place = layer_number_in(name, options_.layers);
  const auto& kept = options_.kept_layers;
  return place && std::find(kept.begin(), kept.end(), place->number) == kept.end();
}

at::Tensor ParameterLoader::load_encoder(const std::vector<std::string>& names,
                                         const std::vector<std::int64_t>& shape) {
  std::vector<std::string> saved;
  std::vector<at::Tensor> parts;
  for (const std::string& name : names) {
    const Found found = find(options_.prefix + name);
    saved.push_back(options_.has_head ? options_.prefix + name : found.name);
    if (found.view == nullptr) {
      missing_.push_back(options_.prefix + name);
    } else if (found.view->shape != shape) {
      unfit_.push_back(fmt::format("{} is {}, not {}", found.name, shape_text(found.view->shape),
                                   shape_text(shape)));
    } else if (at::Tensor part = read(found); part.defined()) {
      parts.push_back(std::move(part));
    }
  }
  // Nothing is made of a model that lacks a part, so what stands in for it does not matter.
  if (parts.size() != names.size()) return at::zeros({0}, at::kFloat);
  return add_parameter(std::move(saved), parts.size() == 1 ? parts.front() : at::cat(parts));
}

at::Tensor ParameterLoader::load_head(const std::string& name,
                                      const std::vector<std::int64_t>& shape,
                                      const Initial& initial) {
  const Found found = find(name);
  at::Tensor values;
  if (found.view == nullptr) {
    loaded_.report.fresh.push_back(name);
  } else if (found.view->shape != shape) {
    loaded_.report.mismatched.push_back(
        fmt::format("{} {}, not {}", found.name, shape_text(found.view->shape), shape_text(shape)));
  } else {
    values = read(found);
  }
  if (!values.defined()) values = initial_values(shape, initial, generator_);
  return add_parameter({name}, values);
}

at::Tensor ParameterLoader::read(const Found& found) {
  auto values = to_fp32(*found.view, found.name);
  // Else the weights were in memory twice: in the file's pages and in the copy.
  checkpoint::release_mapped(found.view->bytes);
  if (values) return *std::move(values);
  unfit_.push_back(std::move(values.error().message));
  return {};
}

at::Tensor ParameterLoader::add_parameter(std::vector<std::string> names,
                                          const at::Tensor& values) {
  at::Tensor tensor = values.to(options_.device);
  tensor.set_requires_grad(true);
  // Biases and norms are vectors, and they alone.
  loaded_.parameters.push_back({std::move(names), tensor, tensor.dim() > 1});
  return tensor;
}

Result<ParameterLoader::Loaded> ParameterLoader::finish() && {
  if (!missing_.empty() || !unfit_.empty()) {
    std::string faults;
    if (!missing_.empty()) {
      faults = fmt::format("{} missing ({}){}", missing_.size(), fmt::join(missing_, ", "),
                           unfit_.empty() ? "" : "; ");
    }
    faults += fmt::format("{}", fmt::join(unfit_, "; "));
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: the tensors do not make the encoder that config.json tells of: "
                            "{}; take both from the same model",
                            folder_.path().string(), faults));
  }
  for (const auto& [name, view] : folder_.tensors()) {
    if (!used_.contains(name) && !is_position_buffer(name) && !is_of_dropped_layer(name))
      loaded_.report.unused.push_back(name);
  }
  return std::move(loaded_);
}

}  // namespace turngreen::model
