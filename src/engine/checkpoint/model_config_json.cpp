#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "attention_json.h"
#include "config_writer.h"
#include "distilbert_names.h"
#include "family_fields.h"
#include "family_names.h"
#include "labels_json.h"
#include "turngreen/engine/checkpoint/model_config.h"

namespace turngreen::checkpoint {

using nlohmann::json;

std::string model_config_json(const ModelConfig& from) {
  const Architecture& shape = from.architecture;
  const FamilyNames& names = names_of(shape.family);
  json file = json::parse(from.json, nullptr, false);
  if (!file.is_object()) file = json::object();
  file["model_type"] = names.model_type;
  if (shape.family == Family::distilbert) use_distilbert_names(file);
  ConfigWriter writer(file);
  visit_fields(writer, shape);
  if (shape.family == Family::modernbert) write_attention(file, shape.layers);
  write_labels(file, from.labels);
  file["architectures"] = {
      fmt::format("{}{}", names.class_prefix, from.labels ? "ForSequenceClassification" : "Model")};
  // Once under the name of transformers 5, once under that of 4.
  file["dtype"] = "float32";
  file["torch_dtype"] = "float32";
  constexpr int kIndent = 2;
  return file.dump(kIndent, ' ', true, json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::checkpoint
