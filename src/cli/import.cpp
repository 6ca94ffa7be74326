#include "import.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "complaint.h"
#include "exit_status.h"
#include "store_place.h"
#include "turngreen/report/codecarbon_import.h"
#include "turngreen/study/store.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

constexpr std::array<std::string_view, 1> kSources{"codecarbon"};

struct ImportOptions {
  std::string source;
  std::string store;
  report::CodeCarbonImport import;
  bool quiet = false;
};

/// Notes beyond these are counted; all stay with their trials.
constexpr std::size_t kNotesShown = 20;

/// Names come from files: nothing in them may steer the terminal.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return out;
}

std::string told(const report::CodeCarbonStudy& study, const std::filesystem::path& store) {
  std::string text = fmt::format("study {}: {} trials are now in {}\n", study.record.name,
                                 study.trials.size(), store.string());
  for (const auto& [what, sentence] : study.understood) {
    text += fmt::format("  {:<12}  {}\n", what, printable(sentence));
  }
  for (std::size_t i = 0; i < study.notes.size() && i < kNotesShown; ++i) {
    text += fmt::format("  {:<12}  {}\n", "note", printable(study.notes[i]));
  }
  if (study.notes.size() > kNotesShown) {
    text += fmt::format("  {:<12}  {} more; each stays with its trial\n", "note",
                        study.notes.size() - kNotesShown);
  }
  return text + fmt::format("  {:<12}  turngreen report --store {}\n", "next", store.string());
}

/// All of it or nothing.
Result<void> store_study(const report::CodeCarbonStudy& study, const std::filesystem::path& place) {
  auto store = study::Store::open(place);
  if (!store) return tl::unexpected(store.error());
  if (store->find_study(study.record.name)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("the store {0} has a study {1} already; give this one another name "
                            "with --study NAME, or forget that one: turngreen study delete {1} "
                            "--store {0}",
                            place.string(), study.record.name));
  }
  const auto added = store->import_study(study.record, study.trials);
  if (!added) return tl::unexpected(added.error());
  return {};
}

int import_study(const ImportOptions& options, Console& console) {
  if (options.source != kSources.front()) {
    const auto nearest = units::nearest_word(options.source, kSources);
    console.err << fmt::format(
        "turngreen import: {} cannot be imported{} (see turngreen import "
        "--help)\n",
        units::in_quotes(options.source),
        nearest ? fmt::format("; did you mean {}?", *nearest)
                : fmt::format("; there is {}", kSources.front()));
    return kExitUsage;
  }
  const auto study = report::import_codecarbon(options.import);
  if (!study) {
    complain(console, "import", study.error());
    return kExitFailure;
  }
  const auto place = store_place(options.store);
  if (const auto stored = store_study(*study, place); !stored) {
    complain(console, "import", stored.error());
    return kExitFailure;
  }
  if (!options.quiet) console.out << told(*study, place);
  return kExitOk;
}

}  // namespace

Action configure_import(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<ImportOptions>();
  auto& import = options->import;
  app.add_option("source", options->source, "what wrote the files")
      ->type_name("codecarbon")
      ->required();
  app.add_option_function<std::vector<std::string>>(
         "folders",
         [&import](const std::vector<std::string>& folders) {
           import.folders.assign(folders.begin(), folders.end());
         },
         "where its files are, and below")
      ->type_name("DIR")
      ->required();
  app.add_option("--store", options->store, "the store; otherwise TURNGREEN_STORE or turngreen.db")
      ->type_name("FILE");
  app.add_option("--study", import.study, "name of the study; otherwise the folder's")
      ->type_name("NAME");
  app.add_option("--metric", import.metric, "the metric of quality; otherwise a score is chosen")
      ->type_name("NAME");
  app.add_flag("--lower-is-better", import.lower_is_better, "of the metric");
  app.add_option("--max-drop", import.max_drop,
                 "how much of it may be given up, in its unit (1 % of the baseline's)")
      ->type_name("X")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--baseline", import.baseline, "the configuration with all knobs off")
      ->type_name("NAME");
  app.add_option_function<std::string>(
         "--knobs", [&import](const std::string& file) { import.knobs = file; },
         "a CSV table that says what configurations are made of")
      ->type_name("FILE");
  app.add_option("--knobs-column", import.knobs_column, "its column of parts, as in fp16+compile")
      ->type_name("NAME");
  app.add_option("--class-counts", import.class_counts,
                 "rows of each class in the evaluation data, for the guard")
      ->type_name("A,B")
      ->delimiter(',');
  app.add_option("--exclude", import.exclude, "files and folders to pass over, as *old*")
      ->type_name("GLOB")
      ->allow_extra_args(false);
  app.add_flag("-q,--quiet", options->quiet, "print nothing but errors");
  return [options](Console& console, const std::vector<std::string>&) {
    return import_study(*options, console);
  };
}

}  // namespace turngreen::cli
