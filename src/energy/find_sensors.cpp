#include "turngreen/energy/find_sensors.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <utility>

#include "turngreen/energy/amd_smi.h"
#include "turngreen/energy/battery.h"
#include "turngreen/energy/hwmon.h"
#include "turngreen/energy/nvml.h"
#include "turngreen/energy/rapl_powercap.h"

namespace turngreen::energy {
namespace {

/// What has been found so far; later sensors ask it what is measured already.
class Finding {
 public:
  std::span<const Domain> measured() const { return measured_; }
  FoundSensors take() { return std::move(found_); }

  template <typename SensorKind>
  void add(Opened<SensorKind> opened) {
    if (opened.sensor) add_sensor(std::move(opened.sensor));
    std::move(opened.obstacles.begin(), opened.obstacles.end(),
              std::back_inserter(found_.obstacles));
    std::move(opened.left_out.begin(), opened.left_out.end(), std::back_inserter(found_.left_out));
  }

  /// A library that is not there is no obstacle: the machine has no such hardware.
  template <typename SensorKind>
  void add(const char* name, const std::string& library,
           Result<std::unique_ptr<SensorKind>> opened) {
    if (opened) {
      for (const std::string& note : (*opened)->notes())
        found_.left_out.push_back({name, library, note});
      add_sensor(std::move(*opened));
    } else if (opened.error().kind != Error::Kind::not_found) {
      found_.obstacles.push_back({name, opened.error().message, ""});
    }
  }

  bool counts(std::initializer_list<DomainKind> kinds) const {
    return std::any_of(measured_.begin(), measured_.end(), [&](const Domain& domain) {
      return domain.counted() && std::find(kinds.begin(), kinds.end(), domain.kind) != kinds.end();
    });
  }

  void estimate(EstimatorOptions options, const std::filesystem::path& proc) {
    // Each of these holds the processors; all but the package hold their memory.
    constexpr auto kPlatform = DomainKind::platform;
    constexpr auto kModule = DomainKind::module;
    constexpr auto kBoard = DomainKind::board;
    constexpr auto kBattery = DomainKind::battery;
    options.cpu &= !counts({DomainKind::package, kPlatform, kModule, kBoard, kBattery});
    options.memory &= !counts({DomainKind::dram, kPlatform, kModule, kBoard, kBattery});
    if (!options.cpu && !options.memory) return;
    auto estimator = Estimator::open(options, proc);
    if (estimator)
      add_sensor(std::move(*estimator));
    else
      found_.obstacles.push_back({"estimator", estimator.error().message, ""});
  }

 private:
  void add_sensor(std::unique_ptr<Sensor> sensor) {
    const auto domains = sensor->domains();
    measured_.insert(measured_.end(), domains.begin(), domains.end());
    found_.sensors.push_back(std::move(sensor));
  }

  FoundSensors found_;
  std::vector<Domain> measured_;
};

}  // namespace

FoundSensors find_sensors(const SensorPlaces& places, const EstimatorOptions& estimator) {
  // The order matters: each kind is told what those before it measure.
  Finding finding;
  finding.add(RaplPerf::open({places.event_source, places.cpus, places.open_perf_event}));
  finding.add(RaplPowercap::open(places.powercap, finding.measured()));
  finding.add("NVML", places.nvml_library, Nvml::open(places.nvml_library));
  finding.add("AMD SMI", places.amd_smi_library, AmdSmi::open(places.amd_smi_library));
  finding.add(Hwmon::open(places.hwmon, finding.measured()));
  finding.add(Battery::open(places.power_supply, finding.measured()));
  finding.estimate(estimator, places.proc);
  return finding.take();
}

}  // namespace turngreen::energy
