#include "turngreen/explore/guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <limits>

namespace turngreen::explore {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using Ruling = GuardVerdict::Ruling;

// The published study's test set, and what two of its variants reported in every run.
constexpr std::uint64_t kNegatives = 32'024;
constexpr std::uint64_t kPositives = 1'026;
constexpr double kConstantF1 = 0.953678919802555;
constexpr double kBaselineF1 = 0.993527441931505;

study::QualityBudget budget(std::string metric, std::vector<std::uint64_t> class_counts = {}) {
  study::QualityBudget made;
  made.metric = std::move(metric);
  made.class_counts = std::move(class_counts);
  return made;
}

struct Repeated {
  std::uint32_t truth, predicted;
  std::size_t rows;
};

Predictions predictions(std::initializer_list<Repeated> parts) {
  Predictions made;
  made.classes = {"0", "1", "2"};
  for (const Repeated& part : parts) {
    made.truth.insert(made.truth.end(), part.rows, part.truth);
    made.predicted.insert(made.predicted.end(), part.rows, part.predicted);
  }
  return made;
}

GuardVerdict judge_score(const study::QualityBudget& quality, double value,
                         const Predictions* rows = nullptr) {
  const std::vector<pipeline::Metric> metrics{{quality.metric, value}};
  return judge(quality, metrics, rows);
}

TEST(Guard, rejects_the_weighted_f1_that_the_majority_class_scores) {
  const auto quality = budget("f1_weighted", {kNegatives, kPositives});
  const GuardVerdict verdict = judge_score(quality, kConstantF1);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_EQ(verdict.reason,
            "its weighted F1 0.953679 is exactly what the majority class of 32,024 of 33,050 rows "
            "scores");
  EXPECT_EQ(judge_score(quality, kBaselineF1), GuardVerdict{});
}

TEST(Guard, rejects_what_is_below_the_majority) {
  // The worst run of the study's third such variant.
  const auto verdict =
      judge_score(budget("weighted_f1", {kNegatives, kPositives}), 0.9458858128977028);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, HasSubstr("is below the 0.953679 that the majority class"));
}

TEST(Guard, says_what_a_constant_predictor_answers) {
  const auto constant = predictions({{0, 0, kNegatives}, {1, 0, kPositives}});
  const auto verdict = judge_score(budget("f1_weighted"), kConstantF1, &constant);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_EQ(verdict.reason,
            "always answers class '0': its weighted F1 0.953679 is exactly what the majority class "
            "of 32,024 of 33,050 rows scores");
}

TEST(Guard, rejects_a_constant_predictor_whatever_the_metric_says) {
  const auto constant = predictions({{0, 1, 60}, {1, 1, 40}});
  for (const auto* metric : {"f1", "accuracy", "eval_loss"}) {
    EXPECT_EQ(judge_score(budget(metric), 0.99, &constant).ruling, Ruling::degenerate) << metric;
  }
}

TEST(Guard, sees_a_rounded_metric_and_one_in_percent) {
  const auto quality = budget("f1_weighted", {kNegatives, kPositives});
  EXPECT_EQ(judge_score(quality, 0.9537).ruling, Ruling::degenerate);
  EXPECT_EQ(judge_score(quality, 0.9538).ruling, Ruling::sound);
  EXPECT_EQ(judge_score(quality, 0.954).ruling, Ruling::sound);
  const auto verdict = judge_score(quality, 95.3679);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, HasSubstr("95.3679 (read as percent)"));
  EXPECT_EQ(judge_score(quality, 99.35).ruling, Ruling::sound);
}

TEST(Guard, rejects_answers_that_forget_a_class_and_correlate_with_nothing) {
  // Three classes, two answered, by chance.
  const auto collapsed =
      predictions({{0, 0, 30}, {0, 1, 30}, {1, 0, 30}, {1, 1, 30}, {2, 0, 30}, {2, 1, 30}});
  const auto verdict = judge_score(budget("top1"), 0.33, &collapsed);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, AllOf(HasSubstr("answers only 2 of 3 classes"),
                                    HasSubstr("its MCC 0.0000"), HasSubstr("is not above 0")));
}

TEST(Guard, keeps_answers_that_forget_a_rare_class_and_are_right_about_the_others) {
  const auto useful = predictions({{0, 0, 90}, {0, 1, 10}, {1, 1, 90}, {1, 0, 10}, {2, 1, 3}});
  EXPECT_EQ(judge_score(budget("accuracy"), 180.0 / 203, &useful).ruling, Ruling::sound);
}

TEST(Guard, rejects_a_score_above_the_majority_by_less_than_its_noise) {
  // One hit more than the majority's, and one miss less than it needs.
  const auto lucky = predictions({{0, 0, 890}, {0, 1, 10}, {1, 0, 89}, {1, 1, 11}});
  const auto noise = predictions({{0, 0, 899}, {0, 1, 1}, {1, 0, 98}, {1, 1, 2}});
  EXPECT_EQ(judge_score(budget("accuracy"), 0.901, &lucky).ruling, Ruling::sound)
      << "its MCC is clearly above 0";
  const auto verdict = judge_score(budget("accuracy"), 0.901, &noise);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, HasSubstr("exceeds the 0.9 that the majority class of 900 of 1,000 "
                                        "rows scores by less than its noise"));
}

TEST(Guard, says_that_another_metric_may_tell_more_where_answers_do_correlate) {
  const auto useful = predictions({{0, 0, 850}, {0, 1, 50}, {1, 0, 60}, {1, 1, 40}});
  const auto verdict = judge_score(budget("accuracy"), 0.89, &useful);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, HasSubstr("macro-F1 or MCC may tell more"));
  EXPECT_EQ(judge_score(budget("macro_f1"), 0.69, &useful).ruling, Ruling::sound);
}

TEST(Guard, rejects_a_metric_that_is_not_finite) {
  for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    const std::vector<pipeline::Metric> metrics{{"macro_f1", 0.9}, {"loss", value}};
    const auto verdict = judge(budget("macro_f1"), metrics);
    EXPECT_EQ(verdict.ruling, Ruling::degenerate);
    EXPECT_THAT(verdict.reason, HasSubstr("loss"));
  }
}

TEST(Guard, finds_predictions_on_one_true_class_suspicious_only) {
  const auto one_class = predictions({{0, 0, 50}});
  for (const auto* metric : {"accuracy", "f1"}) {
    EXPECT_EQ(judge_score(budget(metric), 1.0, &one_class).ruling, Ruling::suspicious) << metric;
  }
}

TEST(Guard, leaves_metrics_alone_that_it_does_not_know) {
  EXPECT_EQ(judge_score(budget("bleu", {90, 10}), 0.2), GuardVerdict{});
  auto loss = budget("accuracy", {90, 10});
  loss.higher_is_better = false;
  EXPECT_EQ(judge_score(loss, 0.1), GuardVerdict{});
  EXPECT_EQ(judge_score(budget("accuracy", {0, 0}), 0.1), GuardVerdict{});
}

class GuardOfAnOutcome : public testing::Test {
 protected:
  GuardOfAnOutcome() {
    std::string name = (std::filesystem::temp_directory_path() / "guard-XXXXXX").string();
    directory_ = mkdtemp(name.data());
    outcome_.metrics = {{"macro_f1", 0.9}};
    outcome_.predictions = directory_ / "rows.csv";
  }
  ~GuardOfAnOutcome() override { std::filesystem::remove_all(directory_); }
  std::filesystem::path directory_;
  pipeline::Outcome outcome_;
};

TEST_F(GuardOfAnOutcome, reads_the_predictions_by_the_columns_of_the_study_file) {
  std::ofstream(directory_ / "rows.csv") << "y,guess\n0,1\n1,1\n0,1\n";
  auto quality = budget("macro_f1");
  quality.truth_column = "y";
  quality.prediction_column = "guess";
  const auto verdict = judge(quality, outcome_);
  EXPECT_EQ(verdict.ruling, Ruling::degenerate);
  EXPECT_THAT(verdict.reason, HasSubstr("always answers class '1' in all 3 rows"));
}

TEST_F(GuardOfAnOutcome, is_suspicious_of_predictions_that_cannot_be_read) {
  const auto verdict = judge(budget("macro_f1"), outcome_);
  EXPECT_EQ(verdict.ruling, Ruling::suspicious);
  EXPECT_THAT(verdict.reason, HasSubstr("rows.csv"));
}

ConfigurationScores scored(std::vector<double> values, bool baseline = false) {
  ConfigurationScores made{baseline, {}};
  for (const double value : values) made.runs.push_back({made.runs.size(), value});
  return made;
}

const auto kSound = Field(&GuardVerdict::ruling, Ruling::sound);
const auto kSuspicious = Field(&GuardVerdict::ruling, Ruling::suspicious);

TEST(GuardRepetition, suspects_configurations_that_share_a_score_while_others_vary) {
  // The study's baseline, LoRA, twenty layers dropped, and "optimal".
  const std::vector configurations{
      scored({kBaselineF1, 0.9934367429000147, 0.9937323085060832}, true),
      scored({kConstantF1, kConstantF1, kConstantF1, kConstantF1}),
      scored({0.9929392972905058, 0.9925857195174299}),
      scored({kConstantF1, kConstantF1, kConstantF1})};
  const auto verdicts = judge_repetition(configurations, budget("f1"));
  EXPECT_THAT(verdicts, ElementsAre(kSound, kSuspicious, kSound, kSuspicious));
  EXPECT_THAT(verdicts[1].reason,
              HasSubstr("2 different configurations score f1 0.953678919802555 to the last digit "
                        "in all 7 runs with 4 seeds"));
}

TEST(GuardRepetition, does_not_suspect_a_pipeline_without_chance) {
  const std::vector configurations{scored({0.97, 0.97}, true), scored({0.95, 0.95}),
                                   scored({0.95, 0.95})};
  EXPECT_THAT(judge_repetition(configurations, budget("f1")), ElementsAre(kSound, kSound, kSound));
}

TEST(GuardRepetition, does_not_suspect_one_seed_or_what_is_as_good_as_the_baseline) {
  const std::vector one_seed{scored({0.97, 0.98}, true), scored({0.95}), scored({0.95})};
  EXPECT_THAT(judge_repetition(one_seed, budget("f1")), ElementsAre(kSound, kSound, kSound));
  const std::vector good{scored({0.97, 0.98}, true), scored({0.98, 0.98}), scored({0.98, 0.98})};
  EXPECT_THAT(judge_repetition(good, budget("f1")), ElementsAre(kSound, kSound, kSound));
}

}  // namespace
}  // namespace turngreen::explore
