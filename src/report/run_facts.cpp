#include "run_facts.h"

#include <cmath>
#include <stdexcept>

#include "json_or_null.h"

namespace turngreen::report {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using pipeline::Measurement;

std::string text_or_empty(const json& value) {
  return value.is_null() ? std::string() : value.get<std::string>();
}

template <typename T>
std::optional<T> optional_of(const json& value) {
  return value.is_null() ? std::nullopt : std::optional<T>(value.get<T>());
}

ordered_json json_of(const pipeline::Idle& idle) {
  const bool measured = idle.basis == pipeline::Idle::Basis::measured;
  return {
      {"basis", measured ? "measured" : "given"},
      {"power_w", idle.power.value.in_watts()},
      {"power_low_w", idle.power.low.in_watts()},
      {"power_high_w", idle.power.high.in_watts()},
      {"measured_for_s", measured ? ordered_json(idle.measured_for.in_seconds()) : ordered_json()}};
}

pipeline::Idle idle_of(const json& facts) {
  pipeline::Idle idle;
  idle.power = {units::watts(facts.at("power_w").get<double>()),
                units::watts(facts.at("power_low_w").get<double>()),
                units::watts(facts.at("power_high_w").get<double>())};
  if (facts.at("basis").get<std::string>() == "measured") {
    idle.basis = pipeline::Idle::Basis::measured;
    idle.measured_for = units::seconds(facts.at("measured_for_s").get<double>());
  }
  return idle;
}

ordered_json json_of(const units::Bounded<units::Energy>& energy) {
  return {{"energy_j", energy.value.in_joules()},
          {"energy_low_j", energy.low.in_joules()},
          {"energy_high_j", energy.high.in_joules()}};
}

units::Bounded<units::Energy> energy_of(const json& facts) {
  return {units::joules(facts.at("energy_j").get<double>()),
          units::joules(facts.at("energy_low_j").get<double>()),
          units::joules(facts.at("energy_high_j").get<double>())};
}

ordered_json json_of(const pipeline::CarbonFigure& figure) {
  return {{"grams", figure.carbon.value.in_grams()},
          {"grams_low", figure.carbon.low.in_grams()},
          {"grams_high", figure.carbon.high.in_grams()},
          {"basis", figure.basis}};
}

pipeline::CarbonFigure carbon_of(const json& facts) {
  return {{units::grams(facts.at("grams").get<double>()),
           units::grams(facts.at("grams_low").get<double>()),
           units::grams(facts.at("grams_high").get<double>())},
          facts.at("basis").get<std::string>()};
}

ordered_json json_of(const pipeline::CostFigure& figure) {
  return {{"amount", figure.cost.value.amount()},
          {"amount_low", figure.cost.low.amount()},
          {"amount_high", figure.cost.high.amount()},
          {"currency", figure.cost.value.currency().code()},
          {"basis", figure.basis}};
}

pipeline::CostFigure cost_of(const json& facts) {
  const units::Currency currency(facts.at("currency").get<std::string>());
  return {{units::Money(facts.at("amount").get<double>(), currency),
           units::Money(facts.at("amount_low").get<double>(), currency),
           units::Money(facts.at("amount_high").get<double>(), currency)},
          facts.at("basis").get<std::string>()};
}

std::variant<std::string, double, bool> effective_value_of(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number()) return value.get<double>();
  return value.get<std::string>();
}

energy::Machine machine_of(const json& facts) {
  energy::Machine machine;
  machine.cpu_vendor = text_or_empty(facts.at("cpu_vendor"));
  machine.cpu_model = text_or_empty(facts.at("cpu_model"));
  machine.microarchitecture = text_or_empty(facts.at("microarchitecture"));
  machine.logical_cpus = facts.at("logical_cpus").get<unsigned>();
  machine.sockets = facts.at("sockets").get<unsigned>();
  machine.memory_bytes = facts.at("memory_bytes").get<std::uint64_t>();
  machine.hypervisor = text_or_empty(facts.at("hypervisor"));
  machine.kernel = text_or_empty(facts.at("kernel"));
  machine.os = text_or_empty(facts.at("os"));
  return machine;
}

template <typename T>
ordered_json json_or_null(const std::optional<T>& value) {
  return value ? json_of(*value) : ordered_json();
}

pipeline::Scope scope_of(const std::string& word) {
  for (const auto scope : {pipeline::Scope::machine, pipeline::Scope::process}) {
    if (word == pipeline::to_string(scope)) return scope;
  }
  throw std::invalid_argument("\"scope\" is \"" + word + "\"; it can be machine or process");
}

void add_reports(ordered_json& facts, const Measurement& m) {
  facts["metrics"] = ordered_json::array();
  for (const auto& metric : m.metrics) {
    facts["metrics"].push_back({{"name", metric.name}, {"value", metric.value}});
  }
  facts["effective"] = ordered_json::array();
  for (const auto& effective : m.effective) {
    ordered_json value;
    std::visit([&](const auto& held) { value = held; }, effective.value);
    facts["effective"].push_back({{"knob", effective.knob}, {"value", std::move(value)}});
  }
  facts["progress"] = ordered_json::array();
  for (const auto& progress : m.progress) {
    facts["progress"].push_back({{"stage", text_or_null(progress.stage)},
                                 {"samples", progress.samples},
                                 {"tokens", progress.tokens}});
  }
  facts["predictions_file"] = or_null(m.predictions_file);
}

void read_reports(Measurement& m, const json& facts) {
  for (const auto& metric : facts.at("metrics")) {
    // JSON has no NaN: a metric that was none came out as null.
    const auto value = optional_of<double>(metric.at("value"));
    m.metrics.push_back({metric.at("name").get<std::string>(), value.value_or(std::nan(""))});
  }
  for (const auto& effective : facts.at("effective")) {
    m.effective.push_back(
        {effective.at("knob").get<std::string>(), effective_value_of(effective.at("value"))});
  }
  for (const auto& progress : facts.at("progress")) {
    m.progress.push_back({text_or_empty(progress.at("stage")),
                          progress.at("samples").get<std::uint64_t>(),
                          progress.at("tokens").get<std::uint64_t>()});
  }
  m.predictions_file = optional_of<std::string>(facts.at("predictions_file"));
}

}  // namespace

ordered_json machine_json(const energy::Machine& machine) {
  return {{"cpu_vendor", text_or_null(machine.cpu_vendor)},
          {"cpu_model", text_or_null(machine.cpu_model)},
          {"microarchitecture", text_or_null(machine.microarchitecture)},
          {"logical_cpus", machine.logical_cpus},
          {"sockets", machine.sockets},
          {"memory_bytes", machine.memory_bytes},
          {"hypervisor", text_or_null(machine.hypervisor)},
          {"kernel", text_or_null(machine.kernel)},
          {"os", text_or_null(machine.os)}};
}

ordered_json run_facts(const Measurement& m) {
  ordered_json facts;
  facts["command"] = m.command;
  facts["started_unix_ns"] = m.started_unix_ns;
  facts["exit_status"] = m.exit_status;
  facts["signal"] = or_null(m.signal);
  facts["scope"] = pipeline::to_string(m.scope);
  facts["scope_basis"] = text_or_null(m.scope_basis);
  facts["idle"] = json_or_null(m.idle);
  facts["above_idle"] = json_or_null(m.above_idle);
  facts["carbon"] = json_or_null(m.carbon);
  facts["cost"] = json_or_null(m.cost);
  add_reports(facts, m);
  facts["resources"] = {{"user_s", m.resources.user.in_seconds()},
                        {"system_s", m.resources.system.in_seconds()},
                        {"peak_memory_bytes", m.resources.peak_memory_bytes}};
  facts["machine"] = machine_json(m.machine);
  return facts;
}

Measurement measurement_from_facts(const json& facts) {
  Measurement m;
  m.command = facts.at("command").get<std::vector<std::string>>();
  m.started_unix_ns = facts.at("started_unix_ns").get<std::int64_t>();
  m.exit_status = facts.at("exit_status").get<int>();
  m.signal = optional_of<int>(facts.at("signal"));
  m.scope = scope_of(facts.at("scope").get<std::string>());
  m.scope_basis = text_or_empty(facts.at("scope_basis"));
  if (!facts.at("idle").is_null()) m.idle = idle_of(facts.at("idle"));
  if (!facts.at("above_idle").is_null()) m.above_idle = energy_of(facts.at("above_idle"));
  if (!facts.at("carbon").is_null()) m.carbon = carbon_of(facts.at("carbon"));
  if (!facts.at("cost").is_null()) m.cost = cost_of(facts.at("cost"));
  read_reports(m, facts);
  const json& resources = facts.at("resources");
  m.resources.user = units::seconds(resources.at("user_s").get<double>());
  m.resources.system = units::seconds(resources.at("system_s").get<double>());
  m.resources.peak_memory_bytes = resources.at("peak_memory_bytes").get<std::uint64_t>();
  m.machine = machine_of(facts.at("machine"));
  return m;
}

}  // namespace turngreen::report
