#include "turngreen/engine/checkpoint/model_config.h"

#include <fmt/format.h>

#include "attention_json.h"
#include "config_reader.h"
#include "distilbert_names.h"
#include "family_fields.h"
#include "family_names.h"
#include "json_fields.h"
#include "json_file.h"
#include "labels_json.h"
#include "refused_settings.h"

namespace turngreen::checkpoint {
namespace {

using fields::JsonFields;

Architecture read_architecture(const JsonFields& fields, Family family) {
  Architecture shape;
  shape.family = family;
  ConfigReader reader(fields);
  visit_fields(reader, shape);
  if (family == Family::modernbert) {
    read_attention(fields, shape.layers);
  } else {
    shape.dropouts.embedding = shape.dropouts.hidden;
  }
  if (family == Family::distilbert) shape.norm_epsilon = 1e-12;  // which its config cannot say
  if (shape.hidden % shape.heads != 0) {
    fields.invalid(
        "", fmt::format("{} heads do not divide {} features evenly", shape.heads, shape.hidden));
  } else if (family == Family::modernbert && shape.hidden / shape.heads % 2 != 0) {
    fields.invalid("", fmt::format("{} features of a head have no two halves, which rotary "
                                   "positions turn against each other; it must be even",
                                   shape.hidden / shape.heads));
  }
  if (shape.pad_id && *shape.pad_id >= shape.vocabulary) {
    fields.invalid("pad_token_id",
                   fmt::format("{} is not below vocab_size, {}", *shape.pad_id, shape.vocabulary));
  }
  refuse_settings(fields, shape);
  return shape;
}

}  // namespace

Result<ModelConfig> parse_model_config(std::string_view text, std::string_view name) {
  fields::Faults faults(name);
  auto file = fields::parse_json(text, faults);
  if (!file) return tl::unexpected<Error>(faults.error());

  const JsonFields found(*file, "", faults);
  const auto family = static_cast<Family>(found.choice(
      "model_type",
      {kFamilyNames[0].model_type, kFamilyNames[1].model_type, kFamilyNames[2].model_type}));
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());

  if (family == Family::distilbert) use_distilbert_names(*file);
  const JsonFields fields(*file, "", faults);
  ModelConfig config{read_architecture(fields, family), read_labels(fields), std::string(text)};
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());
  return config;
}

}  // namespace turngreen::checkpoint
