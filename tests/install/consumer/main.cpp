// A program of somebody else's: measures one span with the estimator and prints it.
#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "turngreen/energy/estimator.h"
#include "turngreen/energy/meter.h"
#include "turngreen/energy/scoped_span.h"
#include "turngreen/units/text.h"

namespace {

void work() {
  volatile double sum = 0;
  for (int i = 1; i < 20'000'000; ++i) sum = sum + 1.0 / i;
}

}  // namespace

int main() {
  using namespace turngreen;

  auto estimator = energy::Estimator::open();
  if (!estimator) {
    std::cerr << estimator.error().message << '\n';
    return EXIT_FAILURE;
  }
  std::vector<std::unique_ptr<energy::Sensor>> sensors;
  sensors.push_back(std::move(*estimator));

  energy::Meter meter(std::move(sensors), {.period = units::milliseconds(10)});
  {
    energy::ScopedSpan span(meter, "work");
    work();
  }
  const energy::Statement statement = meter.finish();

  for (const energy::StageEnergy& stage : statement.stages) {
    if (!stage.total.energy) continue;
    std::cout << stage.name << ": " << units::to_text(stage.total.energy->value) << " in "
              << units::to_text(stage.time) << '\n';
    return EXIT_SUCCESS;
  }
  std::cerr << "no stage has an energy\n";
  return EXIT_FAILURE;
}
