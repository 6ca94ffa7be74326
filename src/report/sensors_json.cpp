#include <nlohmann/json.hpp>

#include "run_facts.h"
#include "turngreen/report/sensors_report.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json observed_json(const std::optional<energy::ObservedStep>& observed) {
  if (!observed) return {};
  ordered_json object;
  object["reads"] = observed->reads;
  object["changes"] = observed->changes;
  object["period_s"] =
      observed->period ? ordered_json(observed->period->in_seconds()) : ordered_json();
  object["smallest_step_j"] =
      observed->smallest ? ordered_json(observed->smallest->in_joules()) : ordered_json();
  object["mean_power_w"] =
      observed->mean_power ? ordered_json(observed->mean_power->in_watts()) : ordered_json();
  object["read_time_s"] = observed->read_time.in_seconds();
  return object;
}

ordered_json domain_json(const ObservedDomain& row) {
  const energy::Domain& domain = row.domain;
  ordered_json object;
  object["name"] = domain.name;
  object["kind"] = energy::to_string(domain.kind);
  object["source"] = energy::to_string(domain.source);
  object["origin"] = domain.origin;
  object["quantity"] = domain.quantity == energy::Quantity::energy ? "energy" : "power";
  object["estimated"] = domain.estimated();
  object["counted"] = domain.counted();
  object["not_counted_because"] =
      domain.counted() ? ordered_json() : ordered_json(domain.not_counted_because);
  object["contained_in"] =
      domain.contained_in ? ordered_json(*domain.contained_in) : ordered_json();
  object["step_s"] = domain.step.in_seconds();
  object["observed"] = observed_json(row.observed);
  return object;
}

}  // namespace

std::string sensors_json(const SensorsReport& report) {
  ordered_json document;
  document["schema"] = kSensorsSchema;
  document["generator"] = "turngreen " TURNGREEN_VERSION;
  document["machine"] = machine_json(report.machine);
  document["domains"] = ordered_json::array();
  for (const auto& row : report.domains) document["domains"].push_back(domain_json(row));
  document["obstacles"] = ordered_json::array();
  for (const auto& obstacle : report.obstacles) {
    document["obstacles"].push_back(
        {{"sensor", obstacle.sensor},
         {"reason", obstacle.reason},
         {"remedy", obstacle.remedy.empty() ? ordered_json() : ordered_json(obstacle.remedy)}});
  }
  document["left_out"] = ordered_json::array();
  for (const auto& left : report.left_out) {
    document["left_out"].push_back(
        {{"name", left.name}, {"origin", left.origin}, {"reason", left.reason}});
  }
  document["estimate_basis"] = report.estimate_basis;
  return document.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + '\n';
}

}  // namespace turngreen::report
