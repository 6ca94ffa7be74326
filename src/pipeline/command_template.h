#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fault_lines.h"
#include "placeholders.h"
#include "turngreen/knobs/space.h"
#include "turngreen/pipeline/command_pipeline.h"

namespace turngreen::pipeline {

/// What the placeholders stand for in one trial: the knobs in their order, then seed, fidelity,
/// rows (where there are test rows), trial_dir and study_dir.
class TrialValues {
 public:
  TrialValues(const CommandDescription& description, const knobs::Space& space,
              const RunRequest& request);

  /// Of a name that CommandTemplate knows.
  const std::string& of(const std::string& name) const;
  /// For rendered files: the knobs, seed, fidelity and rows.
  std::span<const std::pair<std::string, std::string>> for_files() const;
  /// "TURNGREEN_KNOB_LR=5e-5" and so on for each knob; TURNGREEN_SEED, TURNGREEN_FIDELITY,
  /// TURNGREEN_ROWS (where there are test rows), TURNGREEN_TRIAL_DIR.
  std::vector<std::string> variables() const;

 private:
  std::vector<std::pair<std::string, std::string>> values_;
  std::size_t knobs_ = 0;
  std::size_t for_files_ = 0;  ///< so many of the values, from the first
};

/// A command with its placeholders understood.
class CommandTemplate {
 public:
  /// Placeholders that stand for nothing, and what makes them ambiguous, become faults.
  CommandTemplate(const CommandDescription& description, const knobs::Space& space,
                  FaultLines& faults);

  std::vector<std::string> command(const TrialValues& values) const;
  /// All that is set for it: "NAME=value".
  std::vector<std::string> environment(const TrialValues& values) const;
  /// Empty: there is no metrics file.
  std::string metrics_file(const TrialValues& values) const;
  /// Some placeholder is of that name.
  bool uses(const std::string& name) const;

 private:
  PlaceholderText understand(const std::string& text, std::string_view where,
                             std::span<const std::string> known, FaultLines& faults) const;

  bool shell_ = false;
  std::vector<PlaceholderText> words_;
  std::vector<std::pair<std::string, PlaceholderText>> environment_;
  PlaceholderText metrics_;
};

}  // namespace turngreen::pipeline
