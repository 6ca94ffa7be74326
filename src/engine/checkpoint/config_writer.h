#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// Puts the fields that family_fields.h lists into a config.json. What says the same already, or
/// goes without saying, is left as it is.
class ConfigWriter {
 public:
  explicit ConfigWriter(nlohmann::json& file) : file_(file) {}

  void count(std::string_view name, std::int64_t value, std::int64_t otherwise);
  void positive(std::string_view name, double value, double otherwise);
  void probability(std::string_view name, double value, double otherwise);
  void flag(std::string_view name, bool value, bool otherwise);
  void activation(std::string_view name, Activation value);
  void pooling(std::string_view name, Pooling value);
  void pad_id(const std::optional<std::int64_t>& value, std::int64_t otherwise);
  void layers(std::string_view name, const std::vector<LayerAttention>& value,
              std::int64_t otherwise);

 private:
  void put(std::string_view name, const nlohmann::json& value, const nlohmann::json& otherwise);

  nlohmann::json& file_;
};

}  // namespace turngreen::checkpoint
