#include "own_meter.h"

#include <fmt/format.h>

#include <cstdlib>

#include "turngreen/energy/find_sensors.h"
#include "turngreen/energy/meter.h"
#include "turngreen/units/text.h"

namespace turngreen::engine {
namespace {

bool parent_meters() {
  return std::getenv("TURNGREEN_RUN_FD") != nullptr ||
         std::getenv("TURNGREEN_RUN_SOCKET") != nullptr;
}

std::optional<EnergySpent> spent_in(const energy::Statement& statement) {
  if (!statement.total.energy) return std::nullopt;
  return EnergySpent{*statement.total.energy, statement.estimated};
}

}  // namespace

struct OwnMeter::Parts {
  explicit Parts(std::vector<std::unique_ptr<energy::Sensor>> sensors)
      : meter(std::move(sensors)) {}
  energy::Meter meter;
};

OwnMeter::OwnMeter() {
  if (parent_meters()) return;
  auto found = energy::find_sensors();
  if (!found.sensors.empty()) parts_ = std::make_unique<Parts>(std::move(found.sensors));
}
OwnMeter::~OwnMeter() = default;

std::optional<EnergySpent> OwnMeter::so_far() const {
  if (!parts_) return std::nullopt;
  return spent_in(parts_->meter.snapshot());
}

std::optional<EnergySpent> OwnMeter::finish() {
  if (!parts_) return std::nullopt;
  auto spent = spent_in(parts_->meter.finish());
  parts_.reset();
  return spent;
}

std::string to_text(const EnergySpent& spent) {
  std::string text = units::to_text(spent.energy);
  if (!(units::Energy() < spent.estimated)) return text;
  if (!(spent.estimated < spent.energy.value)) return text + ", estimated";
  return fmt::format("{}, of which {} estimated", text, units::to_text(spent.estimated));
}

}  // namespace turngreen::engine
