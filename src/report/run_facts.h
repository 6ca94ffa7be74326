#pragma once

#include <nlohmann/json.hpp>

#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

/// Everything of a measurement that is not its energy statement, one JSON value a field.
/// Measurement documents and recording notes are both made from these.
nlohmann::ordered_json run_facts(const pipeline::Measurement& measurement);

/// What is not known of the machine is null.
nlohmann::ordered_json machine_json(const energy::Machine& machine);

/// The reverse of run_facts. Throws nlohmann::json::exception or std::invalid_argument for what is
/// not of that shape.
pipeline::Measurement measurement_from_facts(const nlohmann::json& facts);

}  // namespace turngreen::report
