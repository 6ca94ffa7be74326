#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <map>

#include "json_or_null.h"
#include "knob_values.h"
#include "report_rows.h"
#include "report_sentences.h"
#include "turngreen/report/study_report.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

ordered_json created_json(std::int64_t unix_ns) {
  if (unix_ns <= 0) return nullptr;
  const auto seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(seconds));
}

std::string_view source_of(const StudyReport& report) {
  const auto& pipeline = report.study.pipeline;
  if (std::holds_alternative<pipeline::CommandDescription>(pipeline)) return "command";
  if (std::holds_alternative<pipeline::TableDescription>(pipeline)) return "table";
  return std::get<pipeline::RecordedDescription>(pipeline).source;
}

ordered_json study_json(const StudyReport& report) {
  std::size_t failed = 0;
  for (const auto& trial : report.trials) {
    if (trial.outcome->ending != pipeline::Ending::completed) ++failed;
  }
  const auto& quality = report.study.quality;
  ordered_json json;
  json["name"] = report.study.name;
  json["metric"] = quality.metric;
  json["higher_is_better"] = quality.higher_is_better;
  json["objective"] = study::to_string(report.study.objective);
  json["budget"] = text_or_null(budget_text(quality));
  json["max_drop"] = or_null(quality.max_drop);
  json["max_drop_relative"] = or_null(quality.max_drop_relative);
  json["min"] = or_null(quality.min);
  json["seed"] = report.record.seed;
  json["created"] = created_json(report.created_unix_ns);
  json["trials"] = report.trials.size();
  json["failed"] = failed;
  json["source"] = source_of(report);
  json["carbon_intensity_g_per_kwh"] =
      report.carbon ? ordered_json(report.carbon->intensity.in_grams_per_kilowatt_hour())
                    : ordered_json(nullptr);
  json["carbon_basis"] = text_or_null(carbon_source(report));
  json["price_per_kwh"] = report.price ? ordered_json(report.price->per_kilowatt_hour().amount())
                                       : ordered_json(nullptr);
  json["currency"] = report.price
                         ? ordered_json(report.price->per_kilowatt_hour().currency().code())
                         : ordered_json(nullptr);
  json["version"] = TURNGREEN_VERSION;
  return json;
}

/// The configurations, pathways, effects, interactions and bundles of a report.
class AnalysisJson {
 public:
  explicit AnalysisJson(const StudyReport& report)
      : analysis_(report.analysis), knobs_(report.study.space.knobs()) {
    const auto figures = configuration_figures(report);
    for (std::size_t i = 0; i < figures.size(); ++i) {
      configurations_.push_back(
          configuration_row(analysis_.configurations[i], figures[i], report.study.space));
    }
  }

  void write(ordered_json& json) const {
    const bool has_baseline =
        !configurations_.empty() && analysis_.configurations.front().is_baseline;
    json["baseline"] = has_baseline ? configurations_.front() : ordered_json(nullptr);
    json["configurations"] = configurations_;
    json["pathways"] = pathways();
    json["effects"] = effects();
    json["interactions"] = interactions();
    json["bundles"] = bundles();
    json["leave_one_out"] = {{"predicted", analysis_.explanation.predicted},
                             {"inside", analysis_.explanation.inside}};
  }

 private:
  const std::string& name_of(std::size_t configuration) const {
    return analysis_.configurations[configuration].name;
  }
  ordered_json setting(std::size_t knob, knobs::Level level) const {
    return {{"knob", knobs_[knob].id}, {"value", value_json(knobs_[knob].values[level])}};
  }

  ordered_json pathways() const {
    auto rows = ordered_json::array();
    for (const auto& pathway : analysis_.pathways) {
      ordered_json row{{"route", explore::to_string(pathway.route)},
                       {"configuration", name_of(pathway.configuration)},
                       {"steps", ordered_json::array()},
                       {"reason", pathway.reason}};
      for (const auto& step : pathway.steps) {
        auto item = setting(step.knob, step.level);
        item["factor"] = step.factor;
        item["cumulative"] = step.cumulative;
        item["quality_change"] = or_null(step.quality_change);
        row["steps"].push_back(std::move(item));
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  ordered_json effects() const {
    auto rows = ordered_json::array();
    for (const auto& effect : analysis_.explanation.knobs) {
      auto row = setting(effect.knob, effect.level);
      row["factor"] = interval_row(effect.factor);
      row["quality_change"] =
          effect.quality_change ? interval_row(*effect.quality_change) : ordered_json(nullptr);
      row["tried"] = effect.tried;
      rows.push_back(std::move(row));
    }
    return rows;
  }

  ordered_json interactions() const {
    auto rows = ordered_json::array();
    for (const auto& pair : analysis_.explanation.pairs) {
      rows.push_back({{"first", setting(pair.first, pair.first_level)},
                      {"second", setting(pair.second, pair.second_level)},
                      {"factor", interval_row(pair.factor)},
                      {"verdict", explore::to_string(pair.verdict)}});
    }
    return rows;
  }

  ordered_json bundles() const {
    auto rows = ordered_json::array();
    for (const auto& bundle : analysis_.bundles) {
      const auto& summary = analysis_.configurations[bundle.configuration];
      auto parts = ordered_json::array();
      for (std::size_t knob = 0; knob < knobs_.size(); ++knob) {
        const auto level = summary.configuration.levels[knob];
        if (level == knobs_[knob].off) continue;
        parts.push_back(fmt::format("{}={}", knobs_[knob].id, knobs_[knob].values[level].text()));
      }
      auto unknown = ordered_json::array();
      for (const auto knob : bundle.unknown_parts) unknown.push_back(knobs_[knob].id);
      rows.push_back({{"configuration", summary.name},
                      {"parts", std::move(parts)},
                      {"unknown_parts", std::move(unknown)},
                      {"predicted_saving", bundle.predicted_saving},
                      {"observed_saving", interval_row(bundle.observed_saving)},
                      {"beyond", interval_row(bundle.beyond)}});
    }
    return rows;
  }

  const explore::StudyAnalysis& analysis_;
  std::span<const knobs::Knob> knobs_;
  ordered_json configurations_ = ordered_json::array();
};

ordered_json entry_json(const explore::LedgerEntry& entry) {
  return {{"name", entry.name},
          {"trials", entry.trials},
          {"spent_j", entry.spent.in_joules()},
          {"seconds", entry.time.in_seconds()}};
}

ordered_json ledger_json(const explore::Ledger& ledger) {
  ordered_json json{{"spent_j", ledger.spent.in_joules()},
                    {"estimated_j", ledger.estimated.in_joules()},
                    {"seconds", ledger.time.in_seconds()},
                    {"not_measured", ledger.not_measured},
                    {"by_purpose", ordered_json::array()},
                    {"wasted", entry_json(ledger.wasted)},
                    {"baseline_runs", or_null(ledger.baseline_runs)}};
  for (const auto& entry : ledger.by_purpose) json["by_purpose"].push_back(entry_json(entry));
  json["saved_per_run_j"] = ledger.saved_per_run ? ordered_json(ledger.saved_per_run->in_joules())
                                                 : ordered_json(nullptr);
  json["paid_back_after"] = or_null(ledger.paid_back_after);
  return json;
}

ordered_json power_json(const explore::DomainAgreement::PowerRange& power) {
  return {{"stage", power.stage},
          {"least_w", power.least_watts},
          {"least_configuration", power.least_configuration},
          {"most_w", power.most_watts},
          {"most_configuration", power.most_configuration}};
}

ordered_json domains_json(const std::vector<explore::DomainAgreement>& domains) {
  auto rows = ordered_json::array();
  for (const auto& each : domains) {
    rows.push_back({{"domain", each.domain},
                    {"share", each.share},
                    {"groups", each.groups},
                    {"median_ratio", each.median_ratio},
                    {"worst_ratio", each.worst_ratio},
                    {"worst_configuration", each.worst_configuration},
                    {"worst_stage", each.worst_stage},
                    {"power", each.power ? power_json(*each.power) : ordered_json(nullptr)}});
  }
  return rows;
}

ordered_json test_json(const StudyReport& report) {
  if (!report.analysis.test) return nullptr;
  const auto& test = *report.analysis.test;
  return {{"configuration", configuration_json(report.study.space, test.configuration)},
          {"quality", or_null(test.quality)},
          {"baseline_quality", or_null(test.baseline_quality)},
          {"drop", or_null(test.drop)},
          {"verdict", explore::to_string(test.verdict)},
          {"sentence", test.sentence}};
}

ordered_json notes_json(const std::vector<explore::Note>& notes) {
  auto rows = ordered_json::array();
  for (const auto& note : notes) {
    rows.push_back({{"kind", explore::to_string(note.kind)},
                    {"text", note.text},
                    {"configurations", note.configurations}});
  }
  return rows;
}

ordered_json trials_json(const StudyReport& report) {
  std::map<knobs::Configuration, const std::string*> names;
  for (const auto& each : report.analysis.configurations) {
    names.emplace(each.configuration, &each.name);
  }
  auto rows = ordered_json::array();
  for (const auto& trial : report.trials) {
    const auto name = names.find(trial.assignment.configuration);
    rows.push_back(trial_row(trial, name == names.end() ? std::string() : *name->second,
                             report.study.quality.metric));
  }
  return rows;
}

/// What differs from trial to trial (their own names) is left out.
ordered_json provenance_json(const std::vector<study::Trial>& trials) {
  constexpr std::size_t kMostValues = 12;
  std::vector<std::string> order;
  std::map<std::string, std::map<std::string, std::size_t>> counts;
  for (const auto& trial : trials) {
    for (const auto& [name, value] : trial.provenance) {
      if (!counts.contains(name)) order.push_back(name);
      ++counts[name][value];
    }
  }
  auto rows = ordered_json::array();
  for (const auto& name : order) {
    if (counts[name].size() > kMostValues) continue;
    ordered_json row{{"name", name}, {"values", ordered_json::array()}};
    for (const auto& [value, count] : counts[name]) {
      row["values"].push_back({{"value", value}, {"trials", count}});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

std::string report_json(const StudyReport& report) {
  const auto& found = report.analysis.recommendation;
  ordered_json json;
  json["schema"] = "turngreen.report/1";
  json["study"] = study_json(report);
  json["summary"] = report_sentences(report);
  json["recommended"] =
      found.better_than_baseline ? ordered_json(recommended_name(report)) : ordered_json(nullptr);
  json["saving"] = found.better_than_baseline ? interval_row(found.saving) : ordered_json(nullptr);
  json["probability_within_budget"] = found.better_than_baseline
                                          ? ordered_json(found.probability_within_budget)
                                          : ordered_json(nullptr);
  json["test"] = test_json(report);
  AnalysisJson(report).write(json);
  json["ledger"] = ledger_json(report.analysis.ledger);
  json["domains"] = domains_json(report.analysis.domains);
  json["notes"] = notes_json(report.analysis.notes);
  json["trials"] = trials_json(report);
  json["provenance"] = provenance_json(report.trials);
  return json.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace turngreen::report
