// How a LinearModel lies in a folder: config.json, and model.safetensors with
//   present [kBuckets / 8] U8: a bit for each bucket that is a column, from the lowest
//   weights [columns, outputs] I8, in the order of buckets
//   scales, bias [outputs] F32
#include <fmt/format.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include "checkpoint/labels_json.h"
#include "json_file.h"
#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/files/whole_file.h"
#include "turngreen/engine/linear/linear_model.h"
#include "turngreen/engine/linear/linear_model_config.h"
#include "turngreen/units/text.h"

namespace turngreen::linear {
namespace {

namespace fs = std::filesystem;
using checkpoint::Dtype;
using checkpoint::NamedTensor;
using checkpoint::TensorView;

constexpr std::uint64_t kLargestConfig = 64U << 20;  ///< bytes
constexpr std::array<std::string_view, 3> kNgrams = {"words", "characters", "both"};

tl::unexpected<Error> unfit(const std::string& file, std::string_view what) {
  return fail(Error::Kind::invalid_input, fmt::format("{}: {}", file, what));
}

template <typename T>
TensorView view(Dtype dtype, std::vector<std::int64_t> shape, const std::vector<T>& values) {
  return {dtype, std::move(shape), std::as_bytes(std::span(values))};
}

/// The values of a tensor of that type and shape; T is what it holds.
template <typename T>
Result<std::vector<T>> values_of(const checkpoint::SafetensorsFile& file, std::string_view name,
                                 const TensorView& wanted) {
  const auto found = file.tensors().find(name);
  if (found == file.tensors().end())
    return fail(Error::Kind::invalid_input, fmt::format("there is no tensor {}", name));
  const TensorView& tensor = found->second;
  if (tensor.dtype != wanted.dtype || tensor.shape != wanted.shape) {
    return fail(Error::Kind::invalid_input,
                fmt::format("tensor {} has not the type {} and the shape that config.json and the "
                            "other tensors ask for",
                            name, checkpoint::name_of(wanted.dtype)));
  }
  std::vector<T> values(tensor.bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

bool are_finite(const std::vector<float>& values) {
  for (const float value : values)
    if (!std::isfinite(value)) return false;
  return true;
}

}  // namespace

Result<LinearModelConfig> parse_linear_config(std::string_view json, std::string_view name) {
  fields::Faults faults(name);
  const auto value = fields::parse_json(json, faults);
  if (!value) return tl::unexpected<Error>(faults.error());
  const fields::JsonFields fields(*value, "", faults);
  if (fields.text("model_type", "") != kModelType) {
    fields.invalid("model_type", fmt::format("{} belongs here", kModelType));
    return tl::unexpected<Error>(faults.error());
  }
  LinearModelConfig config;
  config.ngrams =
      static_cast<Ngrams>(fields.choice("ngrams", {kNgrams[0], kNgrams[1], kNgrams[2]}));
  if (fields.number("buckets", kBuckets) != kBuckets)
    fields.unsupported("buckets", fmt::format("only {} are", kBuckets));
  const auto labels = checkpoint::read_labels(fields);
  if (!labels) fields.invalid("id2label", "there is none");
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());
  config.labels = *labels;
  return config;
}

std::string linear_config_json(const LinearModelConfig& config) {
  nlohmann::json json = {{"model_type", kModelType},
                         {"ngrams", kNgrams[static_cast<std::size_t>(config.ngrams)]},
                         {"buckets", kBuckets}};
  checkpoint::write_labels(json, config.labels);
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

bool LinearModel::is_in(const fs::path& folder) {
  const auto text = files::read_whole_file(folder / "config.json", kLargestConfig);
  if (!text) return false;
  fields::Faults faults("config.json");
  const auto json = fields::parse_json(*text, faults);
  if (!json || !json->is_object()) return false;
  const auto type = json->find("model_type");
  return type != json->end() && *type == kModelType;
}

Result<LinearModel> LinearModel::load(const fs::path& folder) {
  const fs::path config_file = folder / "config.json";
  const auto text = files::read_whole_file(config_file, kLargestConfig);
  if (!text) return tl::unexpected<Error>(text.error());
  auto config = parse_linear_config(*text, config_file.string());
  if (!config) return tl::unexpected<Error>(std::move(config.error()));
  const fs::path file = folder / "model.safetensors";
  const auto tensors = checkpoint::SafetensorsFile::open(file);
  if (!tensors) return tl::unexpected<Error>(tensors.error());

  LinearModel model;
  model.labels_ = std::move(config->labels);
  model.ngrams_ = config->ngrams;
  const std::size_t labels = model.labels_.names.size();
  const bool has_log_odds =
      model.labels_.problem == checkpoint::Problem::single_label && labels == 2;
  const auto outputs = static_cast<std::int64_t>(has_log_odds ? 1 : labels);
  const auto present =
      values_of<std::uint64_t>(*tensors, "present", {Dtype::u8, {kBuckets / 8}, {}});
  if (!present) return unfit(file.string(), present.error().message);
  model.present_ = *present;
  std::int64_t columns = 0;
  for (const std::uint64_t word : *present) columns += std::popcount(word);
  auto weights = values_of<std::int8_t>(*tensors, "weights", {Dtype::i8, {columns, outputs}, {}});
  if (!weights) return unfit(file.string(), weights.error().message);
  auto scales = values_of<float>(*tensors, "scales", {Dtype::f32, {outputs}, {}});
  if (!scales) return unfit(file.string(), scales.error().message);
  auto bias = values_of<float>(*tensors, "bias", {Dtype::f32, {outputs}, {}});
  if (!bias) return unfit(file.string(), bias.error().message);
  if (!are_finite(*scales) || !are_finite(*bias))
    return unfit(file.string(), "scales or bias hold what is no finite number");
  model.weights_ = *std::move(weights);
  model.scales_ = *std::move(scales);
  model.bias_ = *std::move(bias);
  model.index();
  return model;
}

Result<void> LinearModel::save(const fs::path& folder) const {
  static_assert(std::endian::native == std::endian::little);  // as the file is
  const auto width = static_cast<std::int64_t>(outputs());
  const std::vector<NamedTensor> tensors{
      {"present", view(Dtype::u8, {kBuckets / 8}, present_)},
      {"weights", view(Dtype::i8, {static_cast<std::int64_t>(columns()), width}, weights_)},
      {"scales", view(Dtype::f32, {width}, scales_)},
      {"bias", view(Dtype::f32, {width}, bias_)}};
  if (auto written = checkpoint::write_safetensors(folder / "model.safetensors", tensors); !written)
    return written;
  auto config = files::OutputFile::create(folder / "config.json");
  if (!config) return tl::unexpected<Error>(std::move(config.error()));
  if (auto written = config->write(linear_config_json({labels_, ngrams_})); !written)
    return written;
  return config->finish();
}

}  // namespace turngreen::linear
