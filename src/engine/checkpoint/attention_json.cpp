#include "attention_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

using fields::JsonFields;
using nlohmann::json;

constexpr std::string_view kFull = "full_attention";
constexpr std::string_view kSliding = "sliding_attention";
constexpr std::int64_t kDefaultEvery = 3;
constexpr std::int64_t kDefaultWindow = 128;
constexpr double kDefaultGlobalTheta = 160'000;
constexpr double kDefaultLocalTheta = 10'000;
constexpr std::uint64_t kLargestWindow = std::numeric_limits<std::int32_t>::max();

/// Whether each layer sees everything.
std::vector<bool> read_kinds(const JsonFields& fields, std::size_t layers) {
  std::vector<bool> is_full(layers, true);
  if (fields.find("layer_types") == nullptr) {
    const auto every = std::max<std::uint64_t>(
        1,
        fields.number("global_attn_every_n_layers", kLargestWindow, std::uint64_t{kDefaultEvery}));
    for (std::size_t i = 0; i < layers; ++i) is_full[i] = i % every == 0;
    return is_full;
  }
  const auto kinds = fields.texts("layer_types");
  if (kinds.size() != layers) {
    fields.invalid("layer_types",
                   fmt::format("there are {} of them for {} layers", kinds.size(), layers));
    return is_full;
  }
  for (std::size_t i = 0; i < layers; ++i) {
    is_full[i] = kinds[i] == kFull;
    if (is_full[i] || kinds[i] == kSliding) continue;
    fields.unsupported("layer_types", fmt::format("{} is not supported; {} and {} are",
                                                  units::in_quotes(kinds[i]), kFull, kSliding));
    break;
  }
  return is_full;
}

double read_theta(const JsonFields& fields, std::string_view kind, std::string_view old_name,
                  double otherwise) {
  double theta = fields.real(old_name, otherwise);
  std::string place(old_name);
  if (fields.find("rope_parameters") != nullptr) {
    const JsonFields all = fields.object("rope_parameters");
    if (all.find(kind) != nullptr) {
      const JsonFields own = all.object(kind);
      theta = own.real("rope_theta", theta);
      for (const char* name : {"rope_type", "type"}) own.choice(name, {"default"}, 0);
      if (own.real("partial_rotary_factor", 1) != 1) {
        own.unsupported("partial_rotary_factor", "is not supported; 1 is");
      }
      place = own.place_of("rope_theta");
    }
  }
  if (theta > 0 && std::isfinite(theta)) return theta;
  fields.invalid(place, fmt::format("{} is here, where a number above 0 belongs", theta));
  return otherwise;
}

/// The n for which exactly each n-th layer, from the first on, sees everything. `preferred` where
/// it is one.
std::optional<std::size_t> every_of(std::span<const LayerAttention> layers, std::size_t preferred) {
  const auto fits = [&](std::size_t every) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if ((i % every == 0) == layers[i].reach.has_value()) return false;
    }
    return true;
  };
  if (preferred > 0 && fits(preferred)) return preferred;
  for (std::size_t every = 1; every <= layers.size(); ++every) {
    if (fits(every)) return every;
  }
  return std::nullopt;
}

std::int64_t window_of(const json& file) {
  const auto found = file.find("local_attention");
  return found != file.end() && found->is_number() ? found->get<std::int64_t>() : kDefaultWindow;
}

void put_theta(json& file, const char* kind, const char* old_name, double theta) {
  json& own = file["rope_parameters"][kind];
  if (!own.is_object()) own = {{"rope_type", "default"}};
  own["rope_theta"] = theta;
  file[old_name] = theta;
}

}  // namespace

void read_attention(const JsonFields& fields, std::span<LayerAttention> layers) {
  if (fields.find("rope_scaling") != nullptr) {
    fields.unsupported("rope_scaling", "is not supported; null is");
  }
  if (const json* rope = fields.find("rope_parameters"); rope != nullptr && rope->is_object()) {
    for (const auto& [kind, value] : rope->items()) {
      if (kind == kFull || kind == kSliding) continue;
      fields.unsupported("rope_parameters", fmt::format("{} is not supported; {} and {} are",
                                                        units::in_quotes(kind), kFull, kSliding));
      return;
    }
  }
  const double global = read_theta(fields, kFull, "global_rope_theta", kDefaultGlobalTheta);
  // As in transformers 4, a null means the global one.
  const bool is_null = fields.has("local_rope_theta") && fields.find("local_rope_theta") == nullptr;
  const double local =
      read_theta(fields, kSliding, "local_rope_theta", is_null ? global : kDefaultLocalTheta);
  const auto window = static_cast<std::int64_t>(
      fields.number("local_attention", kLargestWindow, std::uint64_t{kDefaultWindow}));
  const auto is_full = read_kinds(fields, layers.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    layers[i].rope_theta = is_full[i] ? global : local;
    if (!is_full[i]) layers[i].reach = window / 2;
  }
}

void write_attention(json& file, std::span<const LayerAttention> layers) {
  const auto said = file.find("global_attn_every_n_layers");
  const std::size_t preferred = said != file.end() && said->is_number_unsigned()
                                    ? said->get<std::size_t>()
                                    : std::size_t{kDefaultEvery};
  const auto every = every_of(layers, preferred);
  file["global_attn_every_n_layers"] = every ? json(*every) : json();
  json kinds = json::array();
  for (const LayerAttention& layer : layers) {
    kinds.push_back(layer.reach ? kSliding : kFull);
    if (layer.reach && window_of(file) / 2 != *layer.reach) {
      file["local_attention"] = *layer.reach * 2;
    }
    if (layer.reach) {
      put_theta(file, "sliding_attention", "local_rope_theta", layer.rope_theta);
    } else {
      put_theta(file, "full_attention", "global_rope_theta", layer.rope_theta);
    }
  }
  file["layer_types"] = std::move(kinds);
}

}  // namespace turngreen::checkpoint
