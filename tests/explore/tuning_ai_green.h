#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "explore/toy_study.h"
#include "turngreen/explore/configuration_summary.h"
#include "turngreen/units/csv_records.h"

namespace turngreen::explore {

/// The study of departure ("Tu(r)ning AI Green") as trials: its 98 real runs, from the files of its
/// replication package. Those may not be redistributed: where they are not there, tests are
/// skipped.
class TuningAiGreen {
 public:
  enum class Runs { all, of_its_table };

  explicit TuningAiGreen(Runs runs = Runs::all) : runs_(runs) {
    const char* data = std::getenv("TURNGREEN_TEST_DATA");
    folder_ = std::filesystem::path(data ? data : TURNGREEN_TEST_DATA_DEFAULT) / "turning_green";
    if (!there()) return;
    read_variants();
    read_runs();
  }

  bool there() const { return std::filesystem::exists(folder_ / "runs.csv"); }
  std::string folder() const { return folder_.string(); }
  const study::StudyFile& study() const { return study_; }
  const std::vector<study::Trial>& trials() const { return trials_; }
  /// "v30" for v30_optimal.
  static std::string index(const std::string& name) {
    std::string short_name = name.substr(0, name.find('_'));
    if (!short_name.empty()) short_name.front() = 'v';
    return short_name;
  }

 private:
  using Row = std::map<std::string, std::string>;

  std::vector<Row> table(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    units::CsvRecords records(text);
    std::vector<std::string> header;
    std::vector<std::string> fields;
    std::vector<Row> rows;
    records.next(header).value();
    while (records.next(fields).value()) {
      auto& row = rows.emplace_back();
      for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = fields.at(i);
    }
    return rows;
  }

  /// Each part of a variant's name is a knob. What was in force in v30 is told only by its files.
  void read_variants() {
    std::set<std::string> knobs;
    for (const auto& row : table("variants.csv")) {
      const auto& variant = row.at("variant");
      const bool named = variant != "v30_optimal";
      auto& parts = parts_[variant];
      std::string rest = row.at(named ? "knobs_by_name" : "knobs_verified");
      while (!rest.empty()) {
        const auto end = rest.find('+');
        parts.insert(rest.substr(0, end));
        rest = end == std::string::npos ? "" : rest.substr(end + 1);
      }
      knobs.insert(parts.begin(), parts.end());
    }
    std::vector<knobs::Knob> made;
    for (const auto& id : knobs) made.push_back(knob(id, {"off", "on"}));
    study_ = study_of(space_of(std::move(made)));
    study_.quality.metric = "eval_f1";
  }

  void read_runs() {
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    std::map<std::string, std::uint64_t> seeds;
    for (const auto& row : table("runs.csv")) {
      if (row.at("dummy") != "0") continue;
      if (runs_ == Runs::of_its_table && row.at("used_in_paper_tables") != "1") continue;
      const auto& variant = row.at("variant");
      const auto [place, is_new] = places.try_emplace({variant, row.at("run_id")}, trials_.size());
      if (is_new) {
        trials_.push_back(begin(variant, seeds[variant]++));
        trials_.back().outcome->metrics = metrics(row);
      }
      add_stage(*trials_[place->second].outcome, row);
    }
  }

  study::Trial begin(const std::string& variant, std::uint64_t seed) const {
    knobs::Settings settings;
    for (const auto& part : parts_.at(variant)) settings.emplace_back(part, knobs::Value("on"));
    study::Trial trial;
    trial.number = static_cast<std::int64_t>(trials_.size()) + 1;
    trial.assignment.configuration = study_.space.configuration(settings).value();
    trial.assignment.purpose =
        settings.empty() ? study::Purpose::baseline : study::Purpose::explore;
    trial.assignment.seed = seed;
    trial.provenance = {{std::string(kConfigurationName), variant}};
    trial.outcome.emplace();
    trial.outcome->energy.emplace();
    return trial;
  }

  /// One run lies elsewhere than the others: of that the table tells the score alone.
  std::vector<pipeline::Metric> metrics(const Row& row) const {
    std::ifstream in(folder_ / "raw" / row.at("variant") / row.at("run_id") / "test_metrics.json");
    if (!in) return {{"eval_f1", std::stod(row.at("f1"))}};
    std::vector<pipeline::Metric> found;
    const auto file = nlohmann::json::parse(in);
    for (const auto& [name, value] : file.items()) found.push_back({name, value.get<double>()});
    return found;
  }

  static void add_stage(pipeline::Outcome& outcome, const Row& row) {
    pipeline::StageCost stage;
    stage.name = row.at("stage");
    stage.time = units::seconds(std::stod(row.at("duration_s")));
    units::Energy sum;
    for (const char* domain : {"cpu", "gpu", "ram"}) {
      const auto energy = units::kilowatt_hours(std::stod(row.at(std::string(domain) + "_kwh")));
      stage.domains.push_back({domain, energy});
      sum += energy;
    }
    stage.energy = units::Bounded<units::Energy>::exactly(sum);
    *outcome.energy += stage.energy;
    outcome.time += stage.time;
    outcome.stages.push_back(std::move(stage));
  }

  Runs runs_;
  std::filesystem::path folder_;
  std::map<std::string, std::set<std::string>> parts_;
  study::StudyFile study_;
  std::vector<study::Trial> trials_;
};

}  // namespace turngreen::explore
