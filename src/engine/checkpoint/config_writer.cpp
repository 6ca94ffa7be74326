#include "config_writer.h"

#include "activation_names.h"

namespace turngreen::checkpoint {

using nlohmann::json;

void ConfigWriter::put(std::string_view name, const json& value, const json& otherwise) {
  const auto found = file_.find(name);
  const bool is_said = found != file_.end() && !found->is_null();
  if ((is_said ? *found : otherwise) != value) file_[std::string(name)] = value;
}

void ConfigWriter::count(std::string_view name, std::int64_t value, std::int64_t otherwise) {
  put(name, value, otherwise);
}

void ConfigWriter::positive(std::string_view name, double value, double otherwise) {
  put(name, value, otherwise);
}

void ConfigWriter::probability(std::string_view name, double value, double otherwise) {
  put(name, value, otherwise);
}

void ConfigWriter::flag(std::string_view name, bool value, bool otherwise) {
  put(name, value, otherwise);
}

void ConfigWriter::activation(std::string_view name, Activation value) {
  const auto found = file_.find(name);
  const std::string said =
      found != file_.end() && found->is_string() ? found->get<std::string>() : "gelu";
  if (activation_named(said) != value) file_[std::string(name)] = name_of(value);
}

void ConfigWriter::pooling(std::string_view name, Pooling value) {
  put(name, value == Pooling::cls ? "cls" : "mean", "cls");
}

void ConfigWriter::pad_id(const std::optional<std::int64_t>& value, std::int64_t otherwise) {
  if (value)
    return put("pad_token_id", *value, file_.contains("pad_token_id") ? json() : json(otherwise));
  file_["pad_token_id"] = nullptr;
}

void ConfigWriter::layers(std::string_view name, const std::vector<LayerAttention>& value,
                          std::int64_t otherwise) {
  put(name, value.size(), otherwise);
}

}  // namespace turngreen::checkpoint
