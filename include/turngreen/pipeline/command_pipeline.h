#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "turngreen/energy/find_sensors.h"
#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/units/result.h"

namespace turngreen::pipeline {

/// A file written into the trial's directory before the run, from the configuration.
struct RenderedFile {
  enum class Format { json, yaml };
  std::filesystem::path file;  ///< relative to the trial's directory
  Format format = Format::json;
};

/// A metric that is read out of what the command prints.
struct MetricPattern {
  std::string metric;
  /// RE2's syntax (most of Perl's; no backreferences, no lookaround). Its first group is the
  /// number; it is searched in each line's first 4 KB; the last match counts.
  std::string expression;
};

/// What {rows} stands for.
struct RowWords {
  std::string validation;  ///< in every trial
  std::string test;        ///< in the runs on the test rows
};

/// Any program as a pipeline. It runs in a session of its own without a terminal, what it prints
/// goes to output.log in the trial's directory (16 MB of it), and none of its processes outlives
/// the run. TURNGREEN_SEED, TURNGREEN_FIDELITY, TURNGREEN_TRIAL_DIR and TURNGREEN_KNOB_<ID> (in
/// capitals) are set for it.
/// `{knob}` in an argument or a variable's value is replaced by the
/// knob's value; so are {seed}, {fidelity} (0 to 1), {trial_dir}, {study_dir} and, where there are
/// `rows`, {rows} (the variable TURNGREEN_ROWS); {{ and }} stand for braces.
struct CommandDescription {
  std::vector<std::string> run;  ///< program and arguments, never given to a shell ...
  bool shell = false;            ///< ... unless this: then `run` is one line for /bin/sh -c
  std::vector<std::pair<std::string, std::string>> environment;
  std::vector<RenderedFile> files;
  /// What is removed from the trial's directory after the run, relative to it: models that nobody
  /// is going to look at.
  std::vector<std::filesystem::path> discard = {};
  /// Where the command runs, from the study file's directory; empty: there.
  std::filesystem::path directory;
  std::filesystem::path study_directory;  ///< where the study file lies; absolute
  /// A JSON file of metrics that the command leaves, relative to where it runs (or by {trial_dir}).
  /// It is removed before the run, so that an old one is never taken for new. Metrics come from the
  /// run protocol, this file and the patterns; where several tell one, the later of these counts.
  std::string metrics;
  std::vector<MetricPattern> patterns;
  std::optional<units::Duration> timeout;
  std::optional<std::uint64_t> memory_bytes;  ///< cgroup where we may, address space elsewhere
  std::vector<double> fidelities{1};          ///< ascending, the last is 1
  std::optional<RowWords> rows;               ///< absent: there are no test rows
  std::vector<std::string> required_metrics;  ///< a run without one of them has failed
  units::Duration sampling_period = units::milliseconds(100);
  energy::SensorPlaces places;
};

/// A command with every placeholder filled in.
struct ReadyCommand {
  std::vector<std::string> words;        ///< program and arguments; empty: there is none
  std::filesystem::path directory;       ///< where it runs; absolute
  std::vector<std::string> environment;  ///< "NAME=value", added to those that are there
};

/// One run at a time in a process, which starts no other children meanwhile: see run_command.
class CommandPipeline final : public Pipeline {
 public:
  /// Error, one line for each fault: nothing to run, unknown placeholders (with the nearest), an
  /// expression that is none, fidelities below 1 or rows that reach the command nowhere, a sampling
  /// period beyond 1 ms to 1 s, two knobs with the same variable.
  static Result<std::unique_ptr<CommandPipeline>> open(CommandDescription description,
                                                       const knobs::Space& space);
  ~CommandPipeline() override;

  Outcome run(const RunRequest& request) override;
  std::span<const double> fidelities() const override { return description_.fidelities; }
  bool has_test_rows() const override { return description_.rows.has_value(); }
  bool measures() const override { return true; }
  /// For people and for best.yaml.
  ReadyCommand command_for(const RunRequest& request) const;

 private:
  struct Understood;
  CommandPipeline(CommandDescription description, knobs::Space space,
                  std::unique_ptr<Understood> understood);
  CommandDescription description_;
  knobs::Space space_;
  std::unique_ptr<Understood> understood_;
};

}  // namespace turngreen::pipeline
