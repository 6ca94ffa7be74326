#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "json_fields.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// Takes the fields that family_fields.h lists from a config.json. What is wrong becomes a fault.
class ConfigReader {
 public:
  explicit ConfigReader(const fields::JsonFields& fields) : fields_(fields) {}

  void count(std::string_view name, std::int64_t& value, std::int64_t otherwise) const;
  void positive(std::string_view name, double& value, double otherwise) const;
  void probability(std::string_view name, double& value, double otherwise) const;
  void flag(std::string_view name, bool& value, bool otherwise) const;
  void activation(std::string_view name, Activation& value) const;
  void pooling(std::string_view name, Pooling& value) const;
  void pad_id(std::optional<std::int64_t>& value, std::int64_t otherwise) const;
  /// As many layers, of which each sees everything.
  void layers(std::string_view name, std::vector<LayerAttention>& value,
              std::int64_t otherwise) const;

 private:
  const fields::JsonFields& fields_;
};

}  // namespace turngreen::checkpoint
