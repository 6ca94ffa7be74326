#include "refused_settings.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

namespace turngreen::checkpoint {
namespace {

using fields::JsonFields;
using nlohmann::json;

struct Setting {
  std::string_view name;
  std::optional<Family> family;  ///< absent: of every family
  std::string_view usual;        ///< the one value that is supported, as JSON; "{}": none
};

constexpr std::array kSettings = {
    Setting{"is_decoder", std::nullopt, "false"},
    Setting{"is_encoder_decoder", std::nullopt, "false"},
    Setting{"add_cross_attention", std::nullopt, "false"},
    Setting{"pruned_heads", std::nullopt, "{}"},
    Setting{"per_layer_config", std::nullopt, "{}"},
    Setting{"quantization_config", std::nullopt, "{}"},
    Setting{"auto_map", std::nullopt, "{}"},  // code that comes with the model
    Setting{"position_embedding_type", Family::bert, "\"absolute\""},
    Setting{"sinusoidal_pos_embds", Family::distilbert, "false"},  // positions are not trained
};

}  // namespace

void refuse_settings(const JsonFields& fields, const Architecture& shape) {
  for (const Setting& setting : kSettings) {
    if (setting.family && setting.family != shape.family) continue;
    const json* found = fields.find(setting.name);
    if (found == nullptr || *found == json::parse(setting.usual)) continue;
    fields.unsupported(setting.name, setting.usual == "{}"
                                         ? "is not supported; leave it out"
                                         : fmt::format("only {} is supported", setting.usual));
  }
  if (shape.family == Family::modernbert && fields.find("head_dim") != nullptr &&
      fields.number("head_dim", ~std::uint64_t{0}) !=
          static_cast<std::uint64_t>(shape.hidden / shape.heads)) {
    fields.unsupported("head_dim", "only hidden_size / num_attention_heads is supported");
  }
}

}  // namespace turngreen::checkpoint
