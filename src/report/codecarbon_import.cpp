#include "turngreen/report/codecarbon_import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "codecarbon_folder.h"
#include "codecarbon_trial.h"
#include "configuration_names.h"
#include "import_notes.h"
#include "import_summary.h"
#include "knobs_file.h"
#include "quality_metric.h"
#include "recorded_study.h"
#include "run_groups.h"
#include "turngreen/explore/configuration_summary.h"
#include "turngreen/explore/trial_notes.h"
#include "turngreen/knobs/catalogue.h"
#include "turngreen/pipeline/bounded_file.h"
#include "turngreen/study/study_difference.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;
using study::Purpose;
using study::Trial;
using units::in_quotes;

constexpr std::string_view kSource = "codecarbon";
constexpr std::uint64_t kLargestKnobsFile = 64'000'000;
constexpr std::uint64_t kSeed = 1;  ///< of the study; nothing is drawn from it

/// The name of the folder that says most: not "raw" but what it lies in.
std::string name_of_folders(const std::vector<fs::path>& folders) {
  constexpr std::array<std::string_view, 10> kPlain{"raw",  "results", "runs",   "data", "output",
                                                    "logs", "outputs", "result", "run",  "."};
  std::error_code ignored;
  fs::path folder = fs::weakly_canonical(folders.front(), ignored);
  if (!fs::is_directory(folder, ignored)) folder = folder.parent_path();
  while (folder.has_relative_path() &&
         std::ranges::find(kPlain, folder.filename().string()) != kPlain.end()) {
    folder = folder.parent_path();
  }
  const std::string name = study_name(folder.filename().string());
  return name.empty() ? "imported" : name;
}

class Importer {
 public:
  explicit Importer(const CodeCarbonImport& import) : import_(import) {}

  Result<CodeCarbonStudy> run() {
    auto folders = read_codecarbon_folders(import_.folders, import_.exclude);
    if (!folders) return tl::unexpected(folders.error());
    folders_ = *std::move(folders);
    auto groups = group_runs(folders_.runs);
    if (!groups) return tl::unexpected(groups.error());
    groups_ = *std::move(groups);
    for (const auto& group : groups_.groups) names_.push_back(group.name);
    auto baseline = find_baseline(names_, import_.baseline);
    if (!baseline) return tl::unexpected(baseline.error());
    baseline_ = *std::move(baseline);
    if (auto read = read_knobs(); !read) return tl::unexpected(read.error());
    if (auto chosen = choose_metric(); !chosen) return tl::unexpected(chosen.error());
    if (auto written = write_study(); !written) return tl::unexpected(written.error());
    if (auto made = make_trials(); !made) return tl::unexpected(made.error());
    made_.understood = understood(
        {folders_, groups_, baseline_, knobs_, quality_, import_.max_drop, !import_.knobs.empty()});
    return std::move(made_);
  }

 private:
  Result<void> read_knobs() {
    std::vector<std::optional<StatedKnobs>> stated(names_.size());
    if (!import_.knobs.empty()) {
      const KnobsFileChoice choice{import_.knobs.string(), import_.knobs_column};
      auto read = pipeline::read_bounded_file(import_.knobs, kLargestKnobsFile)
                      .and_then([&](const std::string& csv) {
                        return parse_knobs_file(csv, choice, names_, baseline_.index);
                      });
      if (!read) return tl::unexpected(read.error());
      stated = *std::move(read);
    }
    knobs_ = knobs_of_names(names_, baseline_.index, stated);
    if (knobs_.knobs.size() > knobs::kMaxKnobs) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("the {} configurations come to {} knobs, and a study has {} at most; "
                              "say what they are made of with --knobs FILE.csv, or leave some out "
                              "with --exclude",
                              names_.size(), knobs_.knobs.size(), knobs::kMaxKnobs));
    }
    for (auto& knob : knobs_.knobs) {
      if (const auto* known = knobs::find_in_catalogue(knob.id)) knob.phase = known->phase;
    }
    return {};
  }

  Result<void> choose_metric() {
    std::vector<std::vector<pipeline::Metric>> runs;
    for (const auto& group : groups_.groups) {
      for (const auto& run : group.runs) {
        if (run.set_aside.empty()) runs.push_back(run.run->metrics);
      }
    }
    auto chosen = choose_quality(runs, import_.metric);
    if (!chosen) return tl::unexpected(chosen.error());
    quality_ = *std::move(chosen);
    if (quality_ && import_.lower_is_better) quality_->higher_is_better = false;
    return {};
  }

  Result<void> write_study() {
    RecordedStudy recorded{
        .name = import_.study.empty() ? name_of_folders(import_.folders) : import_.study,
        .source = std::string(kSource),
        .knobs = knobs_.knobs,
        .quality = quality_,
        .max_drop = import_.max_drop,
        .class_counts = import_.class_counts};
    const std::string text = recorded_study_text(recorded);
    std::error_code ignored;
    const fs::path file = fs::weakly_canonical(import_.folders.front(), ignored) / "study.yaml";
    auto study = study::parse_study_file(text, file);
    if (!study) {
      return fail(study.error().kind,
                  fmt::format("no study can be made of this:\n{}", study.error().message));
    }
    made_.study = *std::move(study);
    made_.record =
        study::record_of(made_.study.name, made_.study.space, kSeed, text, made_.study.file);
    return {};
  }

  Result<void> make_trials() {
    const std::string energy = energy_note(folders_);
    made_.notes = folders_.notes;
    std::map<std::size_t, std::vector<std::string>> of_group;
    of_group[baseline_.index] = folders_.notes;
    of_group[baseline_.index].push_back(energy);
    // What is printed of the quality says it too; the report is to say it to those who read that.
    if (quality_ && !import_.max_drop) {
      of_group[baseline_.index].push_back(assumed_budget_note(*quality_));
    }
    for (const auto& note : knobs_.notes) {
      made_.notes.push_back(note.text);
      for (const std::size_t name : note.names) of_group[name].push_back(note.text);
    }
    made_.notes.push_back(energy);
    std::vector<std::size_t> order{baseline_.index};
    for (std::size_t i = 0; i < groups_.groups.size(); ++i) {
      if (i != baseline_.index) order.push_back(i);
    }
    for (const std::size_t i : order) {
      if (auto added = add_group(i, of_group[i]); !added) return added;
    }
    return {};
  }

  /// `notes`: on the configuration; they stay with its first run.
  Result<void> add_group(std::size_t index, std::vector<std::string> notes) {
    const RunGroup& group = groups_.groups[index];
    knobs::Settings settings;
    for (const auto& [knob, value] : knobs_.settings[index]) {
      settings.emplace_back(knob, knobs::Value(value));
    }
    const auto configuration = made_.study.space.configuration(settings);
    if (!configuration) {
      return fail(configuration.error().kind,
                  fmt::format("{}: {}", in_quotes(group.name), configuration.error().message));
    }
    const bool baseline = index == baseline_.index;
    for (std::size_t i = 0; i < group.runs.size(); ++i) {
      const study::Assignment assignment{baseline ? Purpose::baseline : Purpose::attribution,
                                         *configuration, 1, i};
      add_trial(group, group.runs[i], assignment, std::move(notes));
      notes.clear();
    }
    return {};
  }

  void add_trial(const RunGroup& group, const GroupedRun& run, const study::Assignment& assignment,
                 std::vector<std::string> notes) {
    const std::string name = fmt::format("{}/{}", group.name, run.name);
    std::vector<std::string> own = run.run->notes;
    Trial trial;
    trial.number = static_cast<std::int64_t>(made_.trials.size()) + 1;
    trial.finish_order = trial.number;
    trial.assignment = assignment;
    trial.outcome = outcome_of(*run.run, own);
    if (!run.set_aside.empty()) {
      trial.outcome->ending = pipeline::Ending::failed;
      trial.outcome->reason = run.set_aside;
      own.push_back(run.set_aside);
    }
    trial.worker = "import";
    const RunTimes times = times_of(*run.run);
    trial.started_unix_ns = times.started;
    trial.finished_unix_ns = times.ended;
    trial.provenance.emplace_back(explore::kConfigurationName, group.name);
    trial.provenance.emplace_back("run", run.name);
    for (auto& fact : provenance_of(*run.run)) trial.provenance.push_back(std::move(fact));
    for (const auto& note : own) made_.notes.push_back(fmt::format("{}: {}", name, note));
    for (const auto& note : own) notes.push_back(fmt::format("{}: {}", name, note));
    keep_import_notes(trial, notes);
    explore::note_rejection(trial, made_.study, made_.trials);
    made_.trials.push_back(std::move(trial));
  }

  const CodeCarbonImport& import_;
  CodeCarbonFolders folders_;
  RunGroups groups_;
  std::vector<std::string> names_;  ///< of the groups
  BaselineName baseline_;
  NamedKnobs knobs_;
  std::optional<QualityMetric> quality_;
  CodeCarbonStudy made_;
};

}  // namespace

Result<CodeCarbonStudy> import_codecarbon(const CodeCarbonImport& import) {
  return Importer(import).run();
}

}  // namespace turngreen::report
