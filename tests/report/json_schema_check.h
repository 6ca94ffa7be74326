#pragma once

#include <algorithm>

#include <nlohmann/json.hpp>
#include <string>

namespace turngreen::report {

/// Where and why `value` is not of `schema`, empty when it is. Knows the keywords that docs/schema
/// uses: $ref within the document, type, const, enum, minimum, properties, required,
/// additionalProperties, items, oneOf.
class JsonSchemaCheck {
 public:
  explicit JsonSchemaCheck(const nlohmann::json& root) : root_(root) {}

  std::string fault(const nlohmann::json& value, const nlohmann::json& schema,
                    const std::string& at = "") const {
    if (schema.contains("$ref")) {
      const std::string pointer = schema["$ref"].get<std::string>().substr(1);
      return fault(value, root_.at(nlohmann::json::json_pointer(pointer)), at);
    }
    if (schema.contains("const") && value != schema["const"]) return at + ": not the constant";
    if (schema.contains("enum") && !holds(schema["enum"], value)) return at + ": not in the enum";
    if (schema.contains("type") && !of_type(value, schema["type"])) {
      return at + ": is " + value.type_name() + ", not " + schema["type"].dump();
    }
    if (schema.contains("minimum") && value.is_number() && value < schema["minimum"]) {
      return at + ": below the minimum";
    }
    if (schema.contains("oneOf")) {
      std::size_t matching = 0;
      for (const auto& choice : schema["oneOf"]) matching += fault(value, choice, at).empty();
      if (matching != 1) return at + ": matches " + std::to_string(matching) + " of oneOf";
    }
    if (value.is_object()) return object_fault(value, schema, at);
    if (value.is_array() && schema.contains("items")) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        auto found = fault(value[i], schema["items"], at + "/" + std::to_string(i));
        if (!found.empty()) return found;
      }
    }
    return {};
  }

 private:
  static bool holds(const nlohmann::json& list, const nlohmann::json& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  }
  static bool of_type(const nlohmann::json& value, const nlohmann::json& type) {
    if (type.is_array()) {
      return std::any_of(type.begin(), type.end(),
                         [&](const nlohmann::json& one) { return of_type(value, one); });
    }
    const auto name = type.get<std::string>();
    if (name == "integer") return value.is_number_integer();
    return name == value.type_name();
  }
  std::string object_fault(const nlohmann::json& value, const nlohmann::json& schema,
                           const std::string& at) const {
    if (schema.contains("required")) {
      for (const auto& key : schema["required"]) {
        if (!value.contains(key.get<std::string>())) return at + ": lacks " + key.dump();
      }
    }
    for (const auto& [key, member] : value.items()) {
      std::string found;
      if (schema.contains("properties") && schema["properties"].contains(key)) {
        found = fault(member, schema["properties"][key], at + "/" + key);
      } else if (schema.contains("additionalProperties")) {
        found = fault(member, schema["additionalProperties"], at + "/" + key);
      }
      if (!found.empty()) return found;
    }
    return {};
  }

  const nlohmann::json& root_;
};

inline std::string schema_fault(const nlohmann::json& document, const nlohmann::json& schema) {
  return JsonSchemaCheck(schema).fault(document, schema);
}

}  // namespace turngreen::report
