#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/turngreen_process.h"

namespace turngreen::cli {

/// A folder with a study over a table: of 100 J, width=4 takes 60 J at the same quality and 1e-5
/// another 5 J off; width=2 takes 30 J and loses the quality.
class StudyFolder {
 public:
  StudyFolder() {
    table(
        "5e-5,8,100,10,0.90\n"
        "5e-5,4,60,6,0.90\n"
        "5e-5,2,30,3,0.60\n"
        "1e-5,8,95,9,0.89\n"
        "1e-5,4,55,5,0.89\n"
        "1e-5,2,28,2,0.50\n");
    study("");
  }

  std::filesystem::path operator/(const std::string& name) const { return scratch_ / name; }
  std::string file() const { return (scratch_ / "study.yaml").string(); }
  std::string json_file() const { return (scratch_ / "out.json").string(); }

  /// Replaces the rows: lr, width, train_j, train_s, macro_f1.
  void table(const std::string& rows) const {
    report::write_file(scratch_ / "t.csv", "lr,width,train_j,train_s,macro_f1\n" + rows);
  }
  /// Replaces the study file; `more` stands behind what is always in it.
  void study(const std::string& more) const {
    report::write_file(scratch_ / "study.yaml",
                       "name: example\n"
                       "pipeline: {table: {file: t.csv, stages: {train: train_j}, "
                       "seconds: {train: train_s}, quality: {macro_f1: macro_f1}}}\n"
                       "knobs:\n"
                       "  lr: {values: [1e-5, 5e-5], off: 5e-5, phase: training}\n"
                       "  width: {values: [8, 4, 2], off: 8, ordered: true, phase: model}\n"
                       "quality: {metric: macro_f1, max_drop: 0.05}\n"
                       "budget: {trials: 16}\n" +
                           more);
  }

  std::vector<std::string> tune_arguments(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> all{"tune", file(), "--json", json_file()};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Finished tune(const std::vector<std::string>& more = {}) const {
    return run_turngreen(tune_arguments(more));
  }
  nlohmann::json result() const {
    return nlohmann::json::parse(report::content_of(json_file()), nullptr, false);
  }

 private:
  report::ScratchDirectory scratch_;
};

}  // namespace turngreen::cli
