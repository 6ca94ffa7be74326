#include "report.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "chosen_study.h"
#include "complaint.h"
#include "exit_status.h"
#include "figures.h"
#include "turngreen/pipeline/recorded_pipeline.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/report/study_report.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

struct ReportOptions {
  StudyChoice choice;
  std::string json, html, markdown, latex, csv;
  std::string carbon, price;
  bool quiet = false;
};

/// A form of the report, and where it goes.
struct Form {
  std::string ReportOptions::*file;
  Result<std::string> (*render)(const report::StudyReport&);
};
template <std::string (*render)(const report::StudyReport&)>
Result<std::string> always(const report::StudyReport& report) {
  return render(report);
}
constexpr std::array kForms{Form{&ReportOptions::json, always<report::report_json>},
                            Form{&ReportOptions::html, report::report_html},
                            Form{&ReportOptions::markdown, always<report::report_markdown>},
                            Form{&ReportOptions::latex, always<report::report_latex>},
                            Form{&ReportOptions::csv, always<report::report_csv>}};

/// The fidelities below 1 that were run, and 1.
std::vector<double> fidelities_of(const std::vector<study::Trial>& trials) {
  std::vector<double> fidelities{1};
  for (const auto& trial : trials) fidelities.push_back(trial.assignment.fidelity);
  std::ranges::sort(fidelities);
  fidelities.erase(std::unique(fidelities.begin(), fidelities.end()), fidelities.end());
  return fidelities;
}

Result<void> add_carbon(const ReportOptions& options, report::StudyReport& report) {
  if (options.carbon.empty()) {
    if (report.study.carbon_intensity) {
      report.carbon = report::CarbonBasis{*report.study.carbon_intensity, "the study file"};
    }
    return {};
  }
  const auto source = parse_carbon_source(options.carbon);
  if (!source) return tl::unexpected(source.error());
  const auto* intensity = std::get_if<units::CarbonIntensity>(&source->intensity);
  if (intensity == nullptr) {
    return fail(Error::Kind::invalid_input,
                fmt::format("--carbon {}: a report is about future runs too, so it needs one "
                            "intensity: a number of g/kWh or a country's two letters",
                            options.carbon));
  }
  report.carbon = report::CarbonBasis{*intensity, source->basis};
  return {};
}

Result<void> add_price(const ReportOptions& options, report::StudyReport& report) {
  report.price = report.study.price;
  if (options.price.empty()) return {};
  const auto price = units::parse_energy_price(options.price);
  if (!price) return tl::unexpected(price.error());
  report.price = *price;
  return {};
}

std::int64_t created(const study::Store& store, std::int64_t id) {
  const auto studies = store.studies();
  if (!studies) return 0;
  const auto found = std::ranges::find(*studies, id, &study::StudySummary::id);
  return found == studies->end() ? 0 : found->created_unix_ns;
}

Result<report::StudyReport> look_at(const ReportOptions& options) {
  auto chosen = choose_study(options.choice);
  if (!chosen) return tl::unexpected(chosen.error());
  report::StudyReport report;
  report.created_unix_ns = created(chosen->store, chosen->record.id);
  report.record = std::move(chosen->record);
  report.study = std::move(chosen->study);
  report.trials = std::move(chosen->trials);
  std::erase_if(report.trials, [](const study::Trial& trial) { return !trial.outcome; });
  if (report.trials.empty()) {
    return fail(Error::Kind::not_found,
                fmt::format("study {} has no finished trial to report", report.study.name));
  }
  if (auto added = add_carbon(options, report); !added) return tl::unexpected(added.error());
  if (auto added = add_price(options, report); !added) return tl::unexpected(added.error());
  const pipeline::RecordedPipeline recorded({report.study.name}, fidelities_of(report.trials));
  report.analysis = explore::analyse(report.study, recorded, report.record.seed, report.trials);
  return report;
}

/// All are made before the first is written: a form that cannot be made leaves no half of a report.
Result<void> write_forms(const ReportOptions& options, const report::StudyReport& report,
                         Console& console) {
  std::vector<std::pair<std::string, std::string>> texts;
  for (const auto& form : kForms) {
    const auto& file = options.*form.file;
    if (file.empty()) continue;
    auto text = form.render(report);
    if (!text) return tl::unexpected(text.error());
    texts.emplace_back(file, *std::move(text));
  }
  for (const auto& [file, text] : texts) {
    if (file == "-") {
      console.out << text;
    } else if (auto written = report::replace_file(file, text); !written) {
      return written;
    }
  }
  return {};
}

Result<void> write_report(const ReportOptions& options, Console& console) {
  bool printed = false;
  for (const auto& form : kForms) {
    const auto& file = options.*form.file;
    if (file == "-") {
      if (std::exchange(printed, true)) {
        return fail(Error::Kind::invalid_input, "only one form can go to standard output (-)");
      }
    } else if (!file.empty()) {
      if (auto possible = report::check_writable(file); !possible) return possible;
    }
  }
  const auto report = look_at(options);
  if (!report) return tl::unexpected(report.error());
  if (auto written = write_forms(options, *report, console); !written) return written;
  if (!options.quiet && !printed) {
    const report::TableStyle style{console.out_terminal.columns, console.out_terminal.colour};
    console.out << report::report_summary(*report, style);
  }
  return {};
}

}  // namespace

Action configure_report(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<ReportOptions>();
  app.add_option("study", options->choice.file, "the study file")->type_name("STUDY.yaml");
  add_study_options(app, options->choice);
  app.add_option("--html", options->html, "one page with figures, to be opened in a browser")
      ->type_name("FILE");
  app.add_option("--json", options->json, "all numbers (turngreen schema report); - prints it")
      ->type_name("FILE");
  app.add_option("--markdown", options->markdown, "text and tables")->type_name("FILE");
  app.add_option("--latex", options->latex, "a table of the configurations")->type_name("FILE");
  app.add_option("--csv", options->csv, "a row for each configuration")->type_name("FILE");
  app.add_option("--carbon", options->carbon, "g/kWh, or a country's two letters")
      ->type_name("INTENSITY");
  app.add_option("--price", options->price, "such as \"0.30 EUR/kWh\"")->type_name("PRICE");
  app.add_flag("-q,--quiet", options->quiet, "print nothing but errors");
  return [options](Console& console, const std::vector<std::string>&) {
    const auto written = write_report(*options, console);
    if (written) return kExitOk;
    complain(console, "report", written.error());
    return kExitFailure;
  };
}

}  // namespace turngreen::cli
