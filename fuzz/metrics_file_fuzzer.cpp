#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "require.h"
#include "turngreen/pipeline/metrics_file.h"
#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {
namespace {

using fuzz::require;

void feed(std::string_view json) {
  const auto metrics = parse_metrics(json);
  if (!metrics) {
    require(!metrics.error().message.empty(), "an error says something");
    require(metrics.error().message.size() < 2000, "an error quotes little of a hostile file");
    return;
  }
  std::set<std::string> names;
  for (const Metric& metric : *metrics) {
    require(std::isfinite(metric.value), "metrics are finite");
    require(metric.name.size() <= kMaxNameBytes, "names are bounded");
    require(names.insert(metric.name).second, "names occur once");
  }
  require(names.size() <= 1000, "their number is bounded");
}

}  // namespace
}  // namespace turngreen::pipeline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::pipeline::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
