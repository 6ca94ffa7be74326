#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/metric_files.h"
#include "report/quality_metric.h"
#include "require.h"
#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::report {
namespace {

using fuzz::require;

void feed(std::string_view csv) {
  (void)may_hold_metrics(csv);
  (void)is_codecarbon_json(csv);
  const auto metrics = parse_metric_csv(csv);
  if (!metrics) {
    require(!metrics.error().message.empty(), "an error says something");
    require(metrics.error().message.size() < 1000, "an error quotes little of a hostile file");
    return;
  }
  std::set<std::string> names;
  for (const auto& metric : *metrics) {
    require(std::isfinite(metric.value), "metrics are finite");
    require(metric.name.size() <= pipeline::kMaxNameBytes, "names are bounded");
    require(names.insert(metric.name).second, "names occur once");
  }
  require(names.size() <= 1000, "their number is bounded");
  const std::vector<std::vector<pipeline::Metric>> runs{*metrics};
  const auto quality = choose_quality(runs, "");
  require(quality.has_value(), "a score is there or it is not");
  require(!*quality || names.contains((*quality)->name), "the quality is one of the metrics");
}

}  // namespace
}  // namespace turngreen::report

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::report::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
