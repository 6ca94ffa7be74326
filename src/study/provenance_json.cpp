#include "provenance_json.h"

#include <fmt/format.h>

namespace turngreen::study {

using nlohmann::ordered_json;

ordered_json json_of(const Provenance& provenance) {
  ordered_json object = ordered_json::object();
  for (const auto& [name, value] : provenance) object[name] = value;
  return object;
}

Provenance provenance_from_json(const ordered_json& object) {
  Provenance provenance;
  for (const auto& [name, value] : object.items()) {
    provenance.emplace_back(name, value.get<std::string>());
  }
  return provenance;
}

Result<Provenance> parse_provenance(std::string_view json) {
  try {
    return provenance_from_json(ordered_json::parse(json));
  } catch (const std::exception& e) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the provenance of a trial cannot be understood: {}", e.what()));
  }
}

}  // namespace turngreen::study
