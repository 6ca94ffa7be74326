#include "explain.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "chosen_study.h"
#include "complaint.h"
#include "exit_status.h"
#include "turngreen/report/explanation_text.h"

namespace turngreen::cli {
namespace {

struct ExplainOptions {
  StudyChoice choice;
  std::string stage;
  bool json = false;
  bool all = false;
};

Result<std::string> explained(const ExplainOptions& options) {
  const auto chosen = choose_study(options.choice);
  if (!chosen) return tl::unexpected(chosen.error());
  const study::StudyFile& study = chosen->study;
  const auto pipeline = study::open_pipeline(study);
  if (!pipeline) return tl::unexpected(pipeline.error());
  const auto fidelities = (*pipeline)->fidelities();
  auto explanation = explore::explain(study, fidelities, chosen->trials, options.stage);
  explanation.extrapolation = explore::check_extrapolation(study, fidelities, chosen->trials);
  if (explanation.predicted == 0) {
    return fail(Error::Kind::invalid_input,
                options.stage.empty()
                    ? fmt::format("study {} has no completed trial to explain", study.name)
                    : fmt::format("no stage \"{}\" was measured on its own in study {}",
                                  options.stage, study.name));
  }
  return options.json ? report::explanation_json(explanation, study)
                      : report::explanation_text(explanation, study, options.all);
}

int explain_study(const ExplainOptions& options, Console& console) {
  const auto text = explained(options);
  if (text) {
    console.out << *text;
    return kExitOk;
  }
  complain(console, "explain", text.error());
  return kExitFailure;
}

}  // namespace

Action configure_explain(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<ExplainOptions>();
  app.add_option("study", options->choice.file,
                 "the study file; without it, --study or the only one")
      ->type_name("STUDY.yaml");
  add_study_options(app, options->choice);
  app.add_option("--stage", options->stage, "explain the energy of one stage")->type_name("NAME");
  app.add_flag("--all", options->all, "list pairs that are not distinguishable too");
  app.add_flag("--json", options->json, "print JSON");
  return [options](Console& console, const std::vector<std::string>&) {
    return explain_study(*options, console);
  };
}

}  // namespace turngreen::cli
