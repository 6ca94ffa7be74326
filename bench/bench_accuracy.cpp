// How close the energy of a span is to the truth, on power that is known exactly.
//   bench_accuracy [--spans N] [--steady] [--json FILE]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "span_walk.h"

namespace turngreen::bench {
namespace {

using energy::PowerSignal;

constexpr double kLeastInside = 0.95;
constexpr double kClose = 0.01;

struct Signal {
  const char* name;
  PowerSignal (*make)(std::mt19937_64&, double seconds);
};
constexpr Signal kSignals[] = {
    {"steps", PowerSignal::steps}, {"ramps", PowerSignal::ramps}, {"bursts", PowerSignal::bursts}};
constexpr double kSteps[] = {0.001, 0.1};
constexpr double kPeriods[] = {0.1, 0.01, 0.001};

struct Spread {
  double median = 0;
  double p95 = 0;
  double p99 = 0;
  double max = 0;
  double close = 0;  ///< the share below 1 %
};

Spread spread(std::vector<double> errors) {
  if (errors.empty()) return {};
  std::sort(errors.begin(), errors.end());
  const auto at = [&](double share) {
    return errors[static_cast<std::size_t>(share * static_cast<double>(errors.size() - 1))];
  };
  const auto close = std::lower_bound(errors.begin(), errors.end(), kClose) - errors.begin();
  return {at(0.5), at(0.95), at(0.99), errors.back(),
          static_cast<double>(close) / static_cast<double>(errors.size())};
}

nlohmann::json to_json(const Spread& spread) {
  return {{"median", spread.median},
          {"p95", spread.p95},
          {"p99", spread.p99},
          {"max", spread.max},
          {"share_below_1_percent", spread.close}};
}

struct Options {
  std::size_t spans = 10'000;
  bool steady = false;  ///< samples as the meter's thread takes them
  std::string json;
};

std::optional<Options> parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--steady") {
      options.steady = true;
    } else if (option == "--spans" && i + 1 < argc) {
      options.spans = std::strtoul(argv[++i], nullptr, 10);
    } else if (option == "--json" && i + 1 < argc) {
      options.json = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  if (options.spans == 0) return std::nullopt;
  return options;
}

/// Prints a row and gives it as JSON; null where the account was wrong.
nlohmann::json run(const Signal& signal, const WalkSetup& setup) {
  const WalkResult result = walk_spans(setup);
  const double inside = static_cast<double>(result.inside) / static_cast<double>(setup.spans);
  const Spread meter = spread(result.long_spans.meter);
  const Spread timed = spread(result.long_spans.samples_timed);
  const Spread best = spread(result.long_spans.every_update);
  const Spread width = spread(result.long_spans.half_width);
  fmt::print(
      "{:<7}{:>4.0f} ms{:>4.0f} ms  "
      "{:<6}{:>8.2f}{:>9.3f}{:>7.3f}{:>7.3f}{:>7.3f}{:>8.2f}{:>9.3f}{:>9.3f}{:>9.2f}\n",
      signal.name, setup.step * 1e3, setup.period * 1e3, setup.edge_samples ? "edges" : "",
      inside * 100, meter.median * 100, meter.p95 * 100, meter.p99 * 100, meter.max * 100,
      meter.close * 100, timed.p95 * 100, best.p95 * 100, width.median * 100);
  std::fflush(stdout);
  if (inside < kLeastInside || result.parts_less_whole_uj != 0) {
    fmt::print(stderr,
               "bench_accuracy: {:.2f} % of the spans are inside their bounds (95 % are to be); "
               "the parts less the whole are {} uJ\n",
               inside * 100, result.parts_less_whole_uj);
    return nullptr;
  }
  return {{"signal", signal.name},
          {"counter_step_ms", setup.step * 1e3},
          {"period_ms", setup.period * 1e3},
          {"steady", setup.steady},
          {"edge_samples", setup.edge_samples},
          {"spans", setup.spans},
          {"samples", result.samples},
          {"inside", inside},
          {"parts_less_whole_uj", result.parts_less_whole_uj},
          {"long_spans", result.long_spans.meter.size()},
          {"error", to_json(meter)},
          {"error_if_samples_were_timed", to_json(timed)},
          {"error_if_every_update_were_seen", to_json(best)},
          {"half_width", to_json(width)}};
}

int run(const Options& options) {
  fmt::print("{:<38}{:<32}{:>6}{:>18}{:>9}\n", "", "error of spans >= 10 periods, %", "below",
             "oracles' p95, %", "half");
  fmt::print("{:<7}{:>7}{:>7}  {:<6}{:>8}{:>9}{:>7}{:>7}{:>7}{:>8}{:>9}{:>9}{:>9}\n", "signal",
             "step", "period", "", "inside", "median", "p95", "p99", "max", "1 %", "timed", "all",
             "width");
  nlohmann::json rows = nlohmann::json::array();
  bool right = true;
  for (const Signal& signal : kSignals) {
    for (const double step : kSteps) {
      for (const double period : kPeriods) {
        for (const bool edge_samples : {false, true}) {
          WalkSetup setup;
          setup.signal = signal.make;
          setup.step = step;
          setup.period = period;
          setup.steady = options.steady;
          setup.edge_samples = edge_samples;
          setup.spans = options.spans;
          rows.push_back(run(signal, setup));
          right = right && !rows.back().is_null();
        }
      }
    }
  }
  if (!options.json.empty()) std::ofstream(options.json) << rows.dump(1) << '\n';
  return right ? 0 : 1;
}

}  // namespace
}  // namespace turngreen::bench

int main(int argc, char** argv) {
  const auto options = turngreen::bench::parse(argc, argv);
  if (!options) {
    fmt::print(stderr, "usage: bench_accuracy [--spans N] [--steady] [--json FILE]\n");
    return 2;
  }
  return turngreen::bench::run(*options);
}
