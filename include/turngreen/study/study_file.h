#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/command_pipeline.h"
#include "turngreen/pipeline/engine_pipeline.h"
#include "turngreen/pipeline/recorded_pipeline.h"
#include "turngreen/pipeline/table_pipeline.h"
#include "turngreen/units/carbon.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"
#include "turngreen/units/money.h"
#include "turngreen/units/result.h"

namespace turngreen::study {

/// How much of the quality may be given up.
struct QualityBudget {
  std::string metric;  ///< empty: the study has none, and no limits; recorded trials only
  bool higher_is_better = true;
  std::optional<double> max_drop;           ///< in the metric's unit, against the baseline
  std::optional<double> max_drop_relative;  ///< share of the baseline's
  std::optional<double> min;                ///< floor (ceiling, where lower is better)
  /// Rows of each class in the evaluation data, where the user gave them: the guard knows from them
  /// what always answering the largest class scores.
  std::vector<std::uint64_t> class_counts;
  /// Column of the predictions file with the true answer, and with the predicted one.
  std::string truth_column = "label";
  std::string prediction_column = "prediction";
};

/// What is to be least.
enum class Objective { energy, carbon, cost, energy_delay };
std::string_view to_string(Objective objective);
std::optional<Objective> parse_objective(std::string_view text);

/// A bound on a metric: one that the pipeline reports (latency_ms, model_size_mb), or "seconds" or
/// "peak_memory_mb" of the run.
struct Constraint {
  std::string metric;
  std::optional<double> max, min;
};

/// Where the study ends at the latest. All absent: it ends when no trial is expected to pay off.
struct Budget {
  std::optional<std::size_t> trials;
  std::optional<units::Energy> energy;
  std::optional<double> baselines;  ///< energy in baseline runs
  std::optional<units::Duration> time;
};

/// A study.yaml, understood.
struct StudyFile {
  std::string name;
  std::string text;            ///< as read; kept with the study
  std::filesystem::path file;  ///< absolute
  std::variant<pipeline::CommandDescription, pipeline::TableDescription,
               pipeline::RecordedDescription>
      pipeline;
  /// Of the built-in pipeline, whose command `pipeline` is.
  std::optional<pipeline::EngineDescription> engine = {};
  knobs::Space space;
  QualityBudget quality;
  Objective objective = Objective::energy;
  std::vector<Constraint> constraints;
  Budget budget;
  /// Runs that the recommended configuration is for: a trial pays off if it is expected to save
  /// more than it costs over them.
  double future_runs = 100;
  std::size_t verification_runs = 2;  ///< full runs of a finalist with different seeds; 1 or more
  std::optional<units::CarbonIntensity> carbon_intensity;  ///< for Objective::carbon
  std::optional<units::EnergyPrice> price;                 ///< for Objective::cost
  std::filesystem::path store;  ///< absolute; "turngreen.db" beside the study file if not said
};

/// Reads a study file. The error holds a line for every fault, each with "FILE:LINE:COLUMN:" before
/// it, what was found, what may stand there and the nearest right word. Hostile input is expected:
/// at most 1 MB, 32 levels deep, no aliases.
Result<StudyFile> load_study_file(const std::filesystem::path& file);
/// The same from text; `file` is used in messages and for relative paths.
Result<StudyFile> parse_study_file(std::string_view text, const std::filesystem::path& file);

/// Opens the pipeline that the study file describes. Error: also knobs that the built-in pipeline
/// cannot have on this machine.
Result<std::unique_ptr<pipeline::Pipeline>> open_pipeline(const StudyFile& study);

}  // namespace turngreen::study
