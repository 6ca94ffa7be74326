#include "explain.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "complaint.h"
#include "exit_status.h"
#include "turngreen/report/explanation_text.h"
#include "turngreen/study/store.h"

namespace turngreen::cli {
namespace {

struct ExplainOptions {
  std::string file;
  std::string store;
  std::string stage;
  bool json = false;
  bool all = false;
};

Result<std::string> explained(const ExplainOptions& options) {
  auto study = study::load_study_file(options.file);
  if (!study) return tl::unexpected(study.error());
  if (!options.store.empty()) study->store = std::filesystem::absolute(options.store);
  if (!std::filesystem::exists(study->store)) {
    return fail(Error::Kind::not_found,
                fmt::format("there is no store {}; `turngreen tune {}` makes it",
                            study->store.string(), options.file));
  }
  const auto pipeline = study::open_pipeline(*study);
  if (!pipeline) return tl::unexpected(pipeline.error());
  const auto store = study::Store::open(study->store);
  if (!store) return tl::unexpected(store.error());
  const auto record = store->find_study(study->name);
  if (!record) return tl::unexpected(record.error());
  const auto trials = store->trials(record->id);
  if (!trials) return tl::unexpected(trials.error());
  const auto explanation =
      explore::explain(*study, (*pipeline)->fidelities(), *trials, options.stage);
  if (explanation.predicted == 0) {
    return fail(Error::Kind::invalid_input,
                options.stage.empty()
                    ? fmt::format("study {} has no completed trial to explain", study->name)
                    : fmt::format("no stage \"{}\" was measured on its own in study {}",
                                  options.stage, study->name));
  }
  return options.json ? report::explanation_json(explanation, *study)
                      : report::explanation_text(explanation, *study, options.all);
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
  app.add_option("study", options->file, "the study file")->type_name("STUDY.yaml")->required();
  app.add_option("--store", options->store, "where its trials are kept")->type_name("FILE");
  app.add_option("--stage", options->stage, "explain the energy of one stage")->type_name("NAME");
  app.add_flag("--all", options->all, "list pairs that are not distinguishable too");
  app.add_flag("--json", options->json, "print JSON");
  return [options](Console& console, const std::vector<std::string>&) {
    return explain_study(*options, console);
  };
}

}  // namespace turngreen::cli
