#include "study_actions.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "exit_status.h"
#include "store_place.h"
#include "turngreen/report/file_replacement.h"
#include "turngreen/report/study_table.h"
#include "turngreen/study/store.h"
#include "turngreen/study/trial_json.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

namespace fs = std::filesystem;
using study::Store;
using study::StudyRecord;
using study::Trial;

fs::path store_file(const StudyOptions& options) { return store_place(options.store); }

Result<Store> open_existing(const StudyOptions& options) {
  return open_existing_store(store_file(options));
}

int failed(Console& console, const Error& error) {
  console.err << fmt::format("turngreen study: {}\n", error.message);
  return kExitFailure;
}

struct Loaded {
  StudyRecord study;
  std::vector<Trial> trials;
};
Result<Loaded> load(const StudyOptions& options) {
  return open_existing(options).and_then([&](const Store& store) -> Result<Loaded> {
    auto found = store.find_study(options.subject);
    if (!found) return tl::unexpected(found.error());
    auto trials = store.trials(found->id);
    if (!trials) return tl::unexpected(trials.error());
    return Loaded{*std::move(found), *std::move(trials)};
  });
}

int list(const StudyOptions& options, Console& console) {
  const auto studies =
      open_existing(options).and_then([](const Store& store) { return store.studies(); });
  if (!studies) return failed(console, studies.error());
  const report::TableStyle style{console.out_terminal.columns, console.out_terminal.colour};
  console.out << (options.json ? report::studies_json(*studies)
                               : report::studies_table(*studies, style));
  return kExitOk;
}

int show(const StudyOptions& options, Console& console) {
  const auto loaded = load(options);
  if (!loaded) return failed(console, loaded.error());
  const report::TableStyle style{console.out_terminal.columns, console.out_terminal.colour};
  console.out << (options.json ? study::export_json(loaded->study, loaded->trials)
                               : report::study_table(loaded->study, loaded->trials, style));
  return kExitOk;
}

int export_study(const StudyOptions& options, Console& console) {
  const auto loaded = load(options);
  if (!loaded) return failed(console, loaded.error());
  const bool csv =
      options.format == "csv" || (options.format.empty() && options.output.ends_with(".csv"));
  const std::string text = csv ? study::export_csv(loaded->study, loaded->trials)
                               : study::export_json(loaded->study, loaded->trials);
  if (options.output == "-") {
    console.out << text;
    return kExitOk;
  }
  const auto written = report::replace_file(options.output, text);
  return written ? kExitOk : failed(console, written.error());
}

Result<study::ImportedStudy> read_export(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::error_code none;
  if (!in || fs::is_directory(file, none)) {
    return fail(
        Error::Kind::not_found,
        fmt::format("{} cannot be read; name a file that turngreen study export wrote", file));
  }
  return study::parse_export(std::string{std::istreambuf_iterator<char>(in), {}});
}

int import_study(const StudyOptions& options, Console& console) {
  const auto imported = read_export(options.subject);
  if (!imported) return failed(console, imported.error());
  const auto added = Store::open(store_file(options)).and_then([&](Store&& store) {
    return store.import_study(imported->study, imported->trials);
  });
  if (!added) return failed(console, added.error());
  console.err << fmt::format("study {} with {} trials is now in {}\n", added->name,
                             imported->trials.size(), store_file(options).string());
  return kExitOk;
}

bool agreed(const Loaded& loaded, Console& console) {
  console.err << fmt::format("Delete the study {} with its {} trials, which took {}? [y/N] ",
                             loaded.study.name, loaded.trials.size(),
                             units::to_text(study::spent(loaded.trials)))
              << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int delete_study(const StudyOptions& options, Console& console) {
  const auto loaded = load(options);
  if (!loaded) return failed(console, loaded.error());
  if (!options.yes) {
    if (!inspect_terminal(STDIN_FILENO).is_terminal) {
      console.err << "turngreen study: delete asks first, and there is nobody to ask; add --yes\n";
      return kExitUsage;
    }
    if (!agreed(*loaded, console)) return kExitFailure;
  }
  const auto deleted = open_existing(options).and_then(
      [&](Store&& store) { return store.delete_study(options.subject); });
  return deleted ? kExitOk : failed(console, deleted.error());
}

constexpr std::array kActions{
    StudyAction{"list", false, list},          StudyAction{"show", true, show},
    StudyAction{"export", true, export_study}, StudyAction{"import", true, import_study},
    StudyAction{"delete", true, delete_study},
};

}  // namespace

std::span<const StudyAction> study_actions() { return kActions; }

}  // namespace turngreen::cli
