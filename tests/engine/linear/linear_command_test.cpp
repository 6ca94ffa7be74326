#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <sstream>

#include "program.h"
#include "report/scratch_directory.h"

namespace turngreen::engine {
namespace {

using testing::HasSubstr;

struct Finished {
  int status;
  std::string out;
  std::string err;
};

Finished run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = run_program(arguments, out, err);
  return {status, out.str(), err.str()};
}

/// Rows whose label their second word tells, and what a linear model of them is trained with.
class LinearCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::ofstream rows(path("rows.jsonl"));
    for (int n = 0; n < 200; ++n) {
      rows << R"({"text": "row )" << (n % 3 == 0 ? "alpha" : "beta") << " number " << n % 17
           << R"(", "label": ")" << (n % 3 == 0 ? "yes" : "no") << "\"}\n";
    }
  }

  std::string path(const std::string& name) const { return (scratch_.path() / name).string(); }

  Finished train(std::vector<std::string> more) const {
    std::vector<std::string> words{"train",   "--train", path("rows.jsonl"), "--text", "text",
                                   "--label", "label",   "--output",         path("m")};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  nlohmann::json json(const std::string& name) const {
    return nlohmann::json::parse(std::ifstream(path(name)));
  }

  std::ptrdiff_t lines(const std::string& name) const {
    std::ifstream file(path(name));
    return std::count(std::istreambuf_iterator<char>(file), {}, '\n');
  }

  report::ScratchDirectory scratch_;
};

TEST_F(LinearCommand, trains_evaluates_and_predicts) {
  const Finished trained = train({"--set", "model_family=hashed_linear", "--validation",
                                  path("rows.jsonl"), "--json", path("train.json")});
  ASSERT_EQ(trained.status, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("turngreen train: finished"));
  EXPECT_EQ(json("train.json")["settings"]["model_family"], "hashed_linear");
  EXPECT_GT(json("train.json")["train_flops"], 0);
  EXPECT_EQ(json("m/config.json")["model_type"], "turngreen-hashed-linear");
  EXPECT_EQ(json("m/turngreen.json")["text_column"], "text");

  ASSERT_EQ(run({"evaluate", "--model", path("m"), "--data", path("rows.jsonl"), "--json",
                 path("evaluate.json"), "--predictions", path("p.jsonl"), "--quiet"})
                .status,
            0);
  EXPECT_EQ(json("evaluate.json")["f1_macro"], 1);
  const Finished predicted = run(
      {"predict", "--model", path("m"), "--data", path("rows.jsonl"), "--output", "-", "--quiet"});
  EXPECT_EQ(predicted.status, 0) << predicted.err;
}

TEST_F(LinearCommand, takes_the_family_from_a_configuration_file_too) {
  std::ofstream(path("c.yaml")) << "model_family: hashed_linear\nngrams: both\nl2: 0.5\n";
  ASSERT_EQ(train({"--config", path("c.yaml"), "--json", path("s.json")}).status, 0);
  EXPECT_EQ(json("s.json")["settings"]["ngrams"], "both");
  EXPECT_EQ(json("s.json")["settings"]["l2"], 0.5);
}

TEST_F(LinearCommand, without_validation_rows_fits_once) {
  ASSERT_EQ(train({"--model-family=hashed_linear", "--json", path("s.json")}).status, 0);
  EXPECT_EQ(json("s.json")["evaluations"].size(), 1U);
  EXPECT_FALSE(json("m/turngreen.json").contains("threshold"));
}

TEST_F(LinearCommand, with_one_class_is_refused_and_leaves_nothing) {
  std::ofstream(path("one.jsonl")) << R"({"text": "a", "label": "x"})" << '\n';
  const Finished finished =
      run({"train", "--model-family", "hashed_linear", "--train", path("one.jsonl"), "--text",
           "text", "--label", "label", "--output", path("m")});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("all labels are x"));
  EXPECT_FALSE(std::filesystem::exists(path("m")));
}

TEST_F(LinearCommand, refuses_what_it_does_not_know) {
  EXPECT_THAT(train({"--model-family", "linear"}).err, HasSubstr("hashed_linear"));
  EXPECT_EQ(train({"--model-family", "hashed_linear", "--l2", "much"}).status, 2);
  const Finished metric =
      train({"--model-family", "hashed_linear", "--metric-for-best-model", "f1_marco"});
  EXPECT_EQ(metric.status, 1);
  EXPECT_THAT(metric.err, HasSubstr("did you mean f1_macro?"));
}

TEST_F(LinearCommand, has_no_vectors) {
  ASSERT_EQ(train({"--model-family", "hashed_linear", "--quiet"}).status, 0);
  const Finished finished =
      run({"embed", "--model", path("m"), "--data", path("rows.jsonl"), "--output", "-"});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr("has no vectors"));
}

TEST_F(LinearCommand, refuses_what_only_a_transformer_has) {
  const Finished help = run({"train", "--help"});
  if (help.out.find("--epochs") == std::string::npos)
    GTEST_SKIP() << "this build has no other family";
  const Finished epochs = train({"--model-family", "hashed_linear", "--epochs", "2"});
  EXPECT_EQ(epochs.status, 2);
  EXPECT_THAT(epochs.err, HasSubstr("--epochs: a model of the family hashed_linear has no such"));
  EXPECT_THAT(train({"--model-family", "hashed_linear", "--set", "precision=bf16"}).err,
              HasSubstr("leave it out or at fp32"));
  EXPECT_EQ(train({"--model-family", "hashed_linear", "--set", "precision=fp32", "--model", "x",
                   "--labels-from", "data", "--restart", "--quiet"})
                .status,
            0);
}

TEST_F(LinearCommand, passes_over_what_a_configuration_file_says_for_the_other_family) {
  const Finished help = run({"train", "--help"});
  if (help.out.find("--epochs") == std::string::npos)
    GTEST_SKIP() << "this build has no other family";
  std::ofstream(path("c.yaml")) << "epochs: 2\n";
  const Finished finished =
      train({"--model-family", "hashed_linear", "--config", path("c.yaml"), "--quiet"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.err, HasSubstr("c.yaml:1: --epochs is of the other model family"));
}

TEST_F(LinearCommand, passes_over_what_a_study_sets_for_the_other_family_but_no_knob) {
  const Finished help = run({"train", "--help"});
  if (help.out.find("--epochs") == std::string::npos)
    GTEST_SKIP() << "this build has no other family";
  const Finished finished = train({"--model-family", "hashed_linear", "--set", "epochs=2", "--set",
                                   "batching=dynamic", "--quiet"});
  EXPECT_EQ(finished.status, 0);
  EXPECT_THAT(finished.err, HasSubstr("--set epochs is of the other model family"));
  EXPECT_EQ(train({"--model-family", "hashed_linear", "--set", "batching=packed"}).status, 2);
}

TEST_F(LinearCommand, is_judged_by_test_rows_once) {
  std::ofstream(path("test.jsonl")) << R"({"text": "row alpha", "label": "yes"})" << '\n'
                                    << R"({"text": "row beta", "label": "yes"})" << '\n';
  const std::vector<std::string> words{
      "--model-family",   "hashed_linear", "--validation",  path("rows.jsonl"), "--test",
      path("test.jsonl"), "--predictions", path("p.jsonl"), "--json",           path("s.json")};
  ASSERT_EQ(train(words).status, 0);
  EXPECT_EQ(json("s.json")["test"]["accuracy"], 0.5);
  EXPECT_EQ(json("s.json")["validation"]["accuracy"], 1);
  EXPECT_EQ(json("s.json")["test"]["threshold"], json("s.json")["validation"]["threshold"]);
  EXPECT_EQ(lines("p.jsonl"), 2);

  auto judged = words;
  judged.insert(judged.end(), {"--report-on", "validation", "--fidelity", "0.5"});
  ASSERT_EQ(train(judged).status, 0);
  EXPECT_TRUE(json("s.json")["test"].is_null());
  EXPECT_EQ(json("s.json")["train_samples"], 100);
  EXPECT_EQ(lines("p.jsonl"), 200) << "so few are answered all";
  EXPECT_EQ(train({"--model-family", "hashed_linear", "--report-on", "test"}).status, 2);
}

}  // namespace
}  // namespace turngreen::engine
