#pragma once

#include <string>
#include <string_view>

#include "turngreen/study/study_file.h"

namespace turngreen::study {

/// A study file in its smallest form, with `more` behind it.
inline std::string minimal_study(std::string_view more = {}) {
  return "name: example\n"
         "pipeline: {command: {run: [python3, train.py, \"--lr={lr}\"], metrics: metrics.json}}\n"
         "knobs:\n"
         "  lr: {values: [1e-5, 5e-5], off: 5e-5, phase: training}\n"
         "  width: {values: [8, 4, 2], off: 8, ordered: true, phase: model}\n"
         "quality: {metric: macro_f1, max_drop: 0.01}\n" +
         std::string(more);
}

/// A study of these knobs.
inline std::string study_of_knobs(std::string_view knobs, std::string_view more = {}) {
  return "name: example\n"
         "pipeline: {command: {run: [a]}}\n"
         "quality: {metric: m, max_drop: 0}\n" +
         std::string(more) + "knobs:\n" + std::string(knobs);
}

inline Result<StudyFile> parse(std::string_view text) {
  return parse_study_file(text, "/studies/study.yaml");
}

/// What is wrong with it, a line for each; empty: nothing.
inline std::string faults_of(std::string_view text) {
  const auto study = parse(text);
  return study ? std::string() : study.error().message;
}

}  // namespace turngreen::study
