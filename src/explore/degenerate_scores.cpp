#include "degenerate_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "evaluation_rows.h"
#include "turngreen/explore/constant_score.h"
#include "turngreen/explore/guard.h"

namespace turngreen::explore {
namespace {

constexpr double kSame = 1e-9;
/// Of fewer rows, ordinary scores are such fractions now and then.
constexpr std::uint64_t kEnoughRows = 100;

/// A score that is a constant predictor's, and where it was found.
struct Finding {
  ConstantScore constant;
  std::set<std::uint64_t> seeds;
  std::size_t runs = 0;
};

class Search {
 public:
  Search(const study::QualityBudget& quality,
         const std::vector<ConfigurationValues>& configurations,
         const knobs::Configuration& baseline)
      : quality_(quality), configurations_(configurations) {
    for (const auto& each : configurations) {
      auto& scores = scores_.emplace_back();
      scores.baseline = each.configuration == baseline;
      for (const auto* trial : each.full) {
        const auto score = trial->outcome->metric(quality.metric);
        if (score && std::isfinite(*score)) scores.runs.push_back({trial->assignment.seed, *score});
      }
    }
    rows_ = known_rows();
  }

  DegenerateScores result() {
    DegenerateScores found;
    found.degenerate.resize(configurations_.size());
    found.suspicious.resize(configurations_.size());
    const auto verdicts = judge_repetition(scores_, quality_);
    for (std::size_t i = 0; i < verdicts.size(); ++i) found.suspicious[i] = verdicts[i].reason;
    if (!quality_.higher_is_better) return found;
    collect();
    if (const auto baseline = baseline_at_constant()) {
      found.baseline = *baseline;
      return found;
    }
    keep_what_counts();
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      if (!scores_[i].baseline) found.degenerate[i] = verdict(scores_[i]);
    }
    return found;
  }

 private:
  std::optional<std::uint64_t> known_rows() const {
    const auto& counts = quality_.class_counts;
    const auto sum = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    return sum > 0 ? std::optional(sum) : evaluation_rows(configurations_);
  }

  void collect() {
    std::map<double, std::optional<ConstantScore>> asked;
    for (const auto& configuration : scores_) {
      for (const auto& [seed, value] : configuration.runs) {
        const auto [place, is_new] = asked.try_emplace(value);
        if (is_new) place->second = constant_score(quality_.metric, value, rows_);
        if (!place->second) continue;
        auto& finding = findings_[value];
        finding.constant = *place->second;
        finding.seeds.insert(seed);
        ++finding.runs;
      }
    }
  }

  std::optional<std::string> baseline_at_constant() const {
    for (const auto& configuration : scores_) {
      if (!configuration.baseline) continue;
      for (const auto& [seed, value] : configuration.runs) {
        const auto found = findings_.find(value);
        if (found == findings_.end() || !evident(found->second)) continue;
        return fmt::format(
            "the baseline has not learned: its {} of {}; so nothing is called degenerate beside it",
            quality_.metric, sentence(found->second.constant, value));
      }
    }
    return std::nullopt;
  }

  bool evident(const Finding& finding) const {
    return rows_.value_or(0) >= kEnoughRows || finding.seeds.size() >= 2;
  }

  bool worse_than_baseline(double value) const {
    return std::ranges::all_of(scores_, [&](const ConfigurationScores& configuration) {
      return !configuration.baseline ||
             std::ranges::all_of(configuration.runs,
                                 [&](const SeededScore& run) { return value < run.value; });
    });
  }

  void keep_what_counts() {
    std::erase_if(findings_, [&](const auto& found) {
      return !evident(found.second) || !worse_than_baseline(found.first);
    });
    const auto most = std::ranges::max_element(findings_, {},
                                               [](const auto& found) { return found.second.runs; });
    if (most != findings_.end()) level_ = most->first;
  }

  std::string verdict(const ConfigurationScores& scores) const {
    std::map<double, std::size_t> at;  // runs at a constant
    std::set<std::uint64_t> seeds;
    std::size_t below = 0;
    double highest = 0;
    for (const auto& [seed, value] : scores.runs) {
      seeds.insert(seed);
      if (findings_.contains(value)) ++at[value];
      if (level_ && value <= *level_ + kSame) {
        highest = below++ == 0 ? value : std::max(highest, value);
      }
    }
    const std::size_t runs = scores.runs.size();
    if (!at.empty()) {
      const auto& [value, count] = *at.begin();
      return fmt::format("{} is the same to the last digit in {} of {} full runs with {} seeds: {}",
                         quality_.metric, count, runs, seeds.size(),
                         sentence(findings_.at(value).constant, value));
    }
    if (below == 0) return {};
    const auto& constant = findings_.at(*level_).constant;
    return fmt::format(
        "{} is {:.6g} at most in {} of {} full runs, not above the {:.6g} of always answering the "
        "larger class; that {} of {} rows are in the smaller one is told by the runs that score "
        "exactly that",
        quality_.metric, highest, below, runs, *level_, constant.minority, constant.rows);
  }

  const study::QualityBudget& quality_;
  const std::vector<ConfigurationValues>& configurations_;
  std::vector<ConfigurationScores> scores_;
  std::optional<std::uint64_t> rows_;
  std::map<double, Finding> findings_;
  std::optional<double> level_;  ///< the constant predictor's score that most runs have
};

}  // namespace

DegenerateScores find_degenerate_scores(const study::QualityBudget& quality,
                                        const std::vector<ConfigurationValues>& configurations,
                                        const knobs::Configuration& baseline) {
  return Search(quality, configurations, baseline).result();
}

}  // namespace turngreen::explore
