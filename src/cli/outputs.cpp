#include "outputs.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "turngreen/report/codecarbon_csv.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/report/measurement_json.h"
#include "turngreen/report/measurement_table.h"
#include "turngreen/report/prometheus_text.h"
#include "turngreen/report/repeat_table.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

using pipeline::Measurement;

constexpr std::string_view kStandardOutput = "-";

/// One line per fault.
class Faults {
 public:
  template <typename T>
  void add(const Result<T>& result, std::string_view option = {}) {
    if (result) return;
    lines_ += lines_.empty() ? "" : "\n";
    lines_ += option.empty() ? result.error().message
                             : fmt::format("{}: {}", option, result.error().message);
  }
  bool none() const { return lines_.empty(); }
  Error error() const { return {Error::Kind::invalid_input, lines_}; }

 private:
  std::string lines_;
};

Result<void> write_json(const std::string& place, std::span<const Measurement> runs,
                        Console& console) {
  const std::string text =
      runs.size() == 1 ? report::measurement_json(runs[0]) : report::measurements_json(runs);
  if (place != kStandardOutput) return report::replace_file(place, text);
  console.out << text << std::flush;
  if (console.out.good()) return {};
  return fail(Error::Kind::io, "cannot write to standard output; redirect it to another place");
}

Result<void> write_csv(const std::string& place, std::span<const Measurement> runs,
                       const std::string& country_name) {
  for (const auto& run : runs) {
    report::CodeCarbonContext context;
    context.run_id = report::new_run_id();
    context.country_name = country_name;
    auto written = report::append_codecarbon(place, run, context);
    if (!written) return written;
  }
  return {};
}

}  // namespace

void add_output_options(CLI::App& app, OutputOptions& options) {
  app.add_option("--json", options.json,
                 "write the measurement as JSON; \"-\" is standard output, after the command's own")
      ->type_name("FILE");
  app.add_option("--csv", options.csv,
                 "append a row in CodeCarbon's layout to FILE.csv, or to emissions.csv in a "
                 "directory; stages go to emissions_base_<run id>.csv beside it")
      ->type_name("FILE|DIR");
  app.add_option("--carbon", options.carbon,
                 "carbon intensity: gCO2e/kWh, a country (FR), or a CSV file of Electricity Maps; "
                 "no default")
      ->type_name("INTENSITY|COUNTRY|FILE");
  app.add_option("--price", options.price, "price of electricity, such as \"0.30 EUR/kWh\"")
      ->type_name("PRICE");
  app.add_flag("-q,--quiet", options.quiet, "print no table");
}

Result<Outputs> Outputs::prepare(const OutputOptions& options) {
  Outputs outputs;
  outputs.options_ = options;
  Faults faults;
  if (!options.json.empty() && options.json != kStandardOutput) {
    faults.add(report::check_writable(options.json), "--json");
  }
  if (!options.csv.empty()) faults.add(report::check_codecarbon(options.csv), "--csv");
  if (!options.prometheus.empty()) {
    faults.add(report::check_writable(options.prometheus), "--prometheus");
  }
  if (!options.carbon.empty()) {
    auto carbon = parse_carbon_source(options.carbon);
    faults.add(carbon);
    if (carbon) outputs.carbon_ = *std::move(carbon);
  }
  if (!options.price.empty()) {
    const auto price = units::parse_energy_price(options.price);
    faults.add(price, "--price");
    if (price) outputs.price_ = *price;
  }
  if (!faults.none()) return tl::unexpected<Error>(faults.error());
  return outputs;
}

void Outputs::add_figures(Measurement& measurement, Console& console) const {
  if (carbon_) {
    if (auto added = add_carbon(measurement, *carbon_); !added) {
      console.err << "turngreen: " << added.error().message << '\n';
    }
  }
  if (price_) add_cost(measurement, *price_);
}

bool Outputs::write(std::span<const Measurement> runs, Console& console) const {
  if (runs.empty()) return true;
  Faults faults;
  if (!options_.json.empty()) faults.add(write_json(options_.json, runs, console), "--json");
  if (!options_.csv.empty()) {
    faults.add(write_csv(options_.csv, runs, carbon_ ? carbon_->country_name : std::string()),
               "--csv");
  }
  if (!options_.prometheus.empty()) {
    faults.add(report::replace_file(options_.prometheus, report::prometheus_text(runs.back())),
               "--prometheus");
  }
  if (!options_.quiet) {
    const report::TableStyle style{console.err_terminal.columns, console.err_terminal.colour};
    console.err << (runs.size() == 1 ? report::measurement_table(runs[0], style)
                                     : report::repeat_table(runs, style));
  }
  if (faults.none()) return true;
  console.err << "turngreen: " << faults.error().message << '\n';
  return false;
}

}  // namespace turngreen::cli
