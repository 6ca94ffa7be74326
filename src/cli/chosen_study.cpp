#include "chosen_study.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <optional>

#include "store_place.h"
#include "turngreen/study/study_difference.h"

namespace turngreen::cli {
namespace {

using study::StudyFile;
using study::StudyRecord;

/// The only study of the store; the error lists those to choose among.
Result<std::string> only_study(const study::Store& store, const std::filesystem::path& file) {
  const auto studies = store.studies();
  if (!studies) return tl::unexpected(studies.error());
  if (studies->empty()) {
    return fail(Error::Kind::not_found,
                fmt::format("the store {} holds no study; turngreen tune begins one, turngreen "
                            "import reads one in",
                            file.string()));
  }
  if (studies->size() == 1) return studies->front().name;
  std::vector<std::string> names;
  for (const auto& study : *studies) names.push_back(study.name);
  return fail(Error::Kind::invalid_input,
              fmt::format("the store {} holds {} studies: {}; say which with --study NAME",
                          file.string(), names.size(), fmt::join(names, ", ")));
}

Result<std::optional<StudyFile>> read_file(const StudyChoice& choice) {
  if (choice.file.empty()) return std::nullopt;
  auto study = study::load_study_file(choice.file);
  if (!study) return tl::unexpected(study.error());
  if (!choice.name.empty() && choice.name != study->name) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} is the file of the study \"{}\", and --study asks for \"{}\"; give "
                            "one of them",
                            choice.file, study->name, choice.name));
  }
  return std::optional(*std::move(study));
}

/// A level means something else where the knobs are others: no trial may be read so.
Result<void> check_knobs(const StudyRecord& record, const StudyFile& study,
                         const std::vector<study::Trial>& trials) {
  const auto asked = study::record_of(study.name, study.space, record.seed, "", study.file);
  if (const auto lines = study::difference(record, asked); !lines.empty()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the trials of the study \"{}\" were run with other knobs than those "
                            "of {}:{}\nGive the file as it was, or --store and --study alone",
                            record.name, study.file.string(), lines));
  }
  for (const auto& trial : trials) {
    const auto& levels = trial.assignment.configuration.levels;
    bool known = levels.size() == study.space.knobs().size();
    for (std::size_t i = 0; known && i < levels.size(); ++i) {
      known = levels[i] < study.space.knobs()[i].values.size();
    }
    if (known) continue;
    return fail(Error::Kind::invalid_input,
                fmt::format("trial {} of the study \"{}\" has values that none of its knobs has: "
                            "the store was changed by something else than turngreen",
                            trial.number, record.name));
  }
  return {};
}

}  // namespace

void add_study_options(CLI::App& app, StudyChoice& choice) {
  app.add_option("--store", choice.store,
                 "the store; otherwise the study file's, TURNGREEN_STORE or turngreen.db")
      ->type_name("FILE");
  app.add_option("--study", choice.name, "which study of the store, where it holds several")
      ->type_name("NAME");
}

Result<ChosenStudy> choose_study(const StudyChoice& choice) {
  auto file = read_file(choice);
  if (!file) return tl::unexpected(file.error());
  const auto place = *file && choice.store.empty() ? (*file)->store : store_place(choice.store);
  auto store = open_existing_store(place);
  if (!store) return tl::unexpected(store.error());
  std::string name = *file ? (*file)->name : choice.name;
  if (name.empty()) {
    auto only = only_study(*store, place);
    if (!only) return tl::unexpected(only.error());
    name = *std::move(only);
  }
  auto record = store->find_study(name);
  if (!record) return tl::unexpected(record.error());
  auto study = *file ? Result<StudyFile>(**std::move(file))
                     : study::parse_study_file(record->file_text, record->file_path);
  if (!study) return tl::unexpected(study.error());
  auto trials = store->trials(record->id);
  if (!trials) return tl::unexpected(trials.error());
  if (auto same = check_knobs(*record, *study, *trials); !same) return tl::unexpected(same.error());
  return ChosenStudy{*std::move(store), *std::move(record), *std::move(study), *std::move(trials)};
}

}  // namespace turngreen::cli
