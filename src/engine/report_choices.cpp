#include "report_choices.h"

#include <CLI/CLI.hpp>
#include <array>

#include "option_choice.h"
#include "real_range.h"

namespace turngreen::engine {
namespace {

constexpr std::array<Choice<std::optional<ReportedRows>>, 2> kReported = {
    {{"validation", ReportedRows::validation}, {"test", ReportedRows::test}}};

tl::unexpected<Error> refuse(std::string message) {
  return fail(Error::Kind::invalid_input, std::move(message));
}

}  // namespace

std::optional<ReportedRows> ReportChoices::reported_rows(bool has_validation) const {
  if (report_on) return report_on;
  if (test) return ReportedRows::test;
  return has_validation ? std::optional(ReportedRows::validation) : std::nullopt;
}

void add_report_options(CLI::App& app, ReportChoices& choices) {
  app.add_option("--test", choices.test,
                 "rows that nothing is chosen by: the finished model answers them once")
      ->type_name("FILE");
  add_choice(app, "--report-on", kReported, choices.report_on)
      ->description(
          "the rows that the metrics at the end and the predictions are of; test, where they are "
          "given")
      ->default_str("");
  app.add_option("--predictions", choices.predictions,
                 "where the finished model's answer to each of those rows goes: JSON Lines")
      ->type_name("FILE");
  app.add_option("--fidelity", choices.fidelity,
                 "share of the job: of the training rows, and of those that are answered")
      ->type_name("X")
      ->check(RealRange(1e-6, 1, true))
      ->capture_default_str();
}

Result<void> check_report_choices(const ReportChoices& choices, bool has_validation) {
  if (choices.report_on == ReportedRows::test && !choices.test)
    return refuse("--report-on test: needs --test FILE");
  if (choices.report_on == ReportedRows::validation && !has_validation)
    return refuse("--report-on validation: needs --validation FILE");
  if (!choices.predictions.empty() && !choices.reported_rows(has_validation))
    return refuse("--predictions: needs rows to answer, of --validation FILE or --test FILE");
  return {};
}

}  // namespace turngreen::engine
