#include "turngreen/engine/linear/linear_model.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "report/scratch_directory.h"
#include "turngreen/engine/linear/linear_model_config.h"
#include "turngreen/engine/linear/ngram_examples.h"

namespace turngreen::linear {
namespace {

using checkpoint::Labels;
using checkpoint::Problem;
using testing::HasSubstr;

data::Examples examples_of(std::initializer_list<std::string_view> texts) {
  data::Examples examples;
  append_ngrams(examples, Ngrams::words, std::vector<std::string_view>(texts), 1);
  return examples;
}

std::uint32_t bucket(std::string_view word) {
  return static_cast<std::uint32_t>(examples_of({word}).ids.front());
}

/// "good" counts 2 for yes, "bad" against it; "vague" is too little to stay.
LinearModel opinion() {
  const Labels labels{Problem::single_label, {"no", "yes"}};
  return {labels,
          Ngrams::words,
          {.buckets = {bucket("good"), bucket("vague"), bucket("bad")},
           .weights = {2, 0.001F, -1},
           .bias = {0.5F}}};
}

void replace(const std::filesystem::path& file, std::string_view what, std::string_view with) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  std::string bytes = text.str();
  const auto at = bytes.find(what);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, what.size(), with);
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(LinearModel, answers_with_the_log_odds_of_the_second_of_two_classes) {
  const auto logits = opinion().answer(examples_of({"good", "bad", "unknown", ""}), 1);
  ASSERT_EQ(logits.size(), 8U);
  EXPECT_NEAR(logits[1] - logits[0], 2.5, 0.01);
  EXPECT_NEAR(logits[3] - logits[2], -0.5, 0.01);
  EXPECT_NEAR(logits[5] - logits[4], 0.5, 1e-6);
  EXPECT_NEAR(logits[7] - logits[6], 0.5, 1e-6);
}

TEST(LinearModel, has_no_columns_of_nothing) { EXPECT_EQ(opinion().columns(), 2U); }

TEST(LinearModel, comes_back_from_its_folder_as_it_was) {
  const report::ScratchDirectory scratch;
  ASSERT_TRUE(opinion().save(scratch.path()));
  EXPECT_TRUE(LinearModel::is_in(scratch.path()));
  const auto loaded = LinearModel::load(scratch.path());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->labels(), opinion().labels());
  const auto texts = examples_of({"good good bad", "bad", "x"});
  EXPECT_EQ(loaded->answer(texts, 1), opinion().answer(texts, 1));
}

TEST(LinearModel, of_many_outputs_comes_back_too) {
  const Labels labels{Problem::multi_label, {"a", "b", "c"}};
  const LinearModel model(labels, Ngrams::both,
                          {.buckets = {7, 3}, .weights = {1, 2, 3, -4, 0, 6}, .bias = {1, 2, 3}});
  const report::ScratchDirectory scratch;
  ASSERT_TRUE(model.save(scratch.path()));
  const auto loaded = LinearModel::load(scratch.path());
  ASSERT_TRUE(loaded) << loaded.error().message;
  data::Examples examples;
  examples.ids = {3};
  examples.starts = {0, 1};
  const auto logits = loaded->answer(examples, 1);
  EXPECT_NEAR(logits[0], -3, 0.05);
  EXPECT_NEAR(logits[1], 2, 0.05);
  EXPECT_NEAR(logits[2], 9, 0.05);
  EXPECT_EQ(loaded->ngrams(), Ngrams::both);
}

TEST(LinearModel, is_not_in_folders_of_other_models) {
  const report::ScratchDirectory scratch;
  EXPECT_FALSE(LinearModel::is_in(scratch.path()));
  std::ofstream(scratch.path() / "config.json") << R"({"model_type": "bert"})";
  EXPECT_FALSE(LinearModel::is_in(scratch.path()));
  std::ofstream(scratch.path() / "config.json") << "[[[";
  EXPECT_FALSE(LinearModel::is_in(scratch.path()));
}

TEST(LinearModel, is_refused_where_tensors_do_not_fit_its_config) {
  const report::ScratchDirectory scratch;
  ASSERT_TRUE(opinion().save(scratch.path()));
  replace(scratch.path() / "config.json", "single_label", "multi_label");
  const auto loaded = LinearModel::load(scratch.path());
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().message, HasSubstr("model.safetensors: tensor weights"));
}

TEST(LinearModel, is_refused_where_a_tensor_is_not_there) {
  const report::ScratchDirectory scratch;
  ASSERT_TRUE(opinion().save(scratch.path()));
  replace(scratch.path() / "model.safetensors", "scales", "scalez");
  const auto loaded = LinearModel::load(scratch.path());
  ASSERT_FALSE(loaded);
  EXPECT_THAT(loaded.error().message, HasSubstr("there is no tensor scales"));
}

TEST(LinearModelConfig, that_is_written_is_read) {
  const LinearModelConfig config{{Problem::single_label, {"x", "y \xc3\xa4", "z"}},
                                 Ngrams::characters};
  const auto read = parse_linear_config(linear_config_json(config), "config.json");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, config);
}

TEST(LinearModelConfig, is_refused_with_the_file_and_the_field) {
  const std::string good = linear_config_json({{Problem::single_label, {"x", "y"}}, Ngrams::both});
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string text = good;
    text.replace(text.find(what), what.size(), instead);
    const auto read = parse_linear_config(text, "config.json");
    return read ? "" : read.error().message;
  };
  EXPECT_THAT(with("1048576", "1024"), HasSubstr("buckets"));
  EXPECT_THAT(with("both", "all"), HasSubstr("ngrams"));
  EXPECT_THAT(with("turngreen-hashed-linear", "bert"), HasSubstr("model_type"));
  EXPECT_THAT(parse_linear_config("{", "c").error().message, HasSubstr("c"));
}

}  // namespace
}  // namespace turngreen::linear
