#include "turngreen/engine/linear/fit.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "turngreen/engine/linear/ngram_examples.h"

namespace turngreen::linear {
namespace {

using checkpoint::Labels;
using checkpoint::Problem;

const FitLimits kExact{.iterations = 1000, .tolerance = 1e-7, .go_on = {}};

data::Examples examples_of(const std::vector<std::string>& texts) {
  data::Examples examples;
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  append_ngrams(examples, Ngrams::words, views, 1);
  return examples;
}

/// Texts of random words, of which one tells the class in nine of ten.
data::Examples noisy(std::int64_t rows, std::int64_t classes) {
  std::mt19937 random(7);
  std::vector<std::string> texts;
  std::vector<std::int64_t> labels;
  for (std::int64_t n = 0; n < rows; ++n) {
    labels.push_back(n % classes);
    const auto told = random() % 10 == 0 ? static_cast<std::int64_t>(random() % 5) : n % classes;
    std::string text = "c" + std::to_string(told);
    for (int word = 0; word < 8; ++word) text += " w" + std::to_string(random() % 40);
    texts.push_back(text);
  }
  data::Examples examples = examples_of(texts);
  examples.classes = labels;
  return examples;
}

Labels single(std::size_t classes) {
  Labels labels;
  for (std::size_t n = 0; n < classes; ++n) labels.names.push_back("L" + std::to_string(n));
  return labels;
}

double accuracy(const LinearModel& model, const data::Examples& examples) {
  const auto logits = model.answer(examples, 1);
  const std::size_t width = model.labels().names.size();
  double right = 0;
  for (std::size_t n = 0; n < examples.classes.size(); ++n) {
    const auto own = std::span(logits).subspan(n * width, width);
    const auto most = std::max_element(own.begin(), own.end()) - own.begin();
    right += most == examples.classes[n] ? 1 : 0;
  }
  return right / static_cast<double>(examples.size());
}

TEST(Fit, reaches_the_minimum_that_has_a_closed_form) {
  // Two texts of one shared word, "a", with +1 and +3 as targets: z = w + b with both features 1.
  // Standardised targets are -1 and 1, so the minimum is 0, and both are answered with the mean.
  data::Examples examples = examples_of({"a", "a"});
  examples.targets = {1, 3};
  const Labels labels{Problem::regression, {"y"}};
  Fit fit({.examples = examples, .labels = labels}, 1);
  fit.minimize(0.1, kExact);
  EXPECT_THAT(fit.model().answer(examples, 1), testing::Each(testing::FloatNear(2, 1e-5F)));
}

TEST(Fit, of_a_word_in_every_text_of_a_class_has_the_weight_of_the_closed_form) {
  // Half the squared error of targets -1 and 1 with features a or b, a bias b0 = 0 by symmetry:
  // 2 texts each, minimum of (w - 1)^2 + l2 / 2 w^2 per word: w = 2 / (2 + l2).
  data::Examples examples = examples_of({"a", "a", "b", "b"});
  examples.targets = {-1, -1, 1, 1};
  const Labels labels{Problem::regression, {"y"}};
  Fit fit({.examples = examples, .labels = labels}, 1);
  EXPECT_TRUE(fit.minimize(2, kExact).has_converged);
  const auto answers = fit.model().answer(examples, 1);
  EXPECT_NEAR(answers[0], -0.5, 2e-3);
  EXPECT_NEAR(answers[3], 0.5, 2e-3);
}

TEST(Fit, leaves_out_what_a_single_row_has) {
  data::Examples examples = examples_of({"a b", "a c", "a d"});
  examples.classes = {0, 1, 1};
  const Labels labels = single(2);
  EXPECT_EQ(Fit({.examples = examples, .labels = labels}, 1).features(), 1U);
}

TEST(Fit, learns_two_classes_and_many) {
  for (const std::int64_t classes : {2, 5, 20}) {
    const data::Examples examples = noisy(600, classes);
    const Labels labels = single(static_cast<std::size_t>(classes));
    Fit fit({.examples = examples, .labels = labels}, 1);
    EXPECT_TRUE(fit.minimize(0.1, {}).has_converged);
    EXPECT_GT(accuracy(fit.model(), examples), 0.85) << classes;
  }
}

TEST(Fit, does_not_depend_on_the_number_of_threads) {
  const data::Examples examples = noisy(3000, 3);
  const Labels labels = single(3);
  Fit one({.examples = examples, .labels = labels}, 1);
  Fit three({.examples = examples, .labels = labels}, 3);
  const FitProgress progress = one.minimize(0.1, {});
  EXPECT_EQ(progress.loss, three.minimize(0.1, {}).loss);
  EXPECT_EQ(one.model().answer(examples, 1), three.model().answer(examples, 3));
  EXPECT_GT(progress.flops, 0);
}

TEST(Fit, goes_on_from_where_it_was_to_where_it_would_have_come_alone) {
  const data::Examples examples = noisy(400, 2);
  const Labels labels = single(2);
  Fit path({.examples = examples, .labels = labels}, 1);
  path.minimize(10, kExact);
  const double loss = path.minimize(0.1, kExact).loss;
  Fit alone({.examples = examples, .labels = labels}, 1);
  EXPECT_NEAR(alone.minimize(0.1, kExact).loss, loss, 1e-4);
}

TEST(Fit, holds_weights_closer_with_more_l2) {
  const data::Examples examples = noisy(400, 2);
  const Labels labels = single(2);
  Fit fit({.examples = examples, .labels = labels}, 1);
  const double strong = fit.minimize(100, kExact).loss;
  EXPECT_LT(fit.minimize(1, kExact).loss, strong);
}

TEST(Fit, with_balanced_weights_answers_a_rare_class_more_often) {
  data::Examples examples = noisy(400, 2);
  for (std::size_t n = 0; n < examples.classes.size(); ++n)
    if (n % 10 != 1) examples.classes[n] = 0;
  const Labels labels = single(2);
  const auto answered = [&](bool is_balanced) {
    Fit fit({.examples = examples, .labels = labels, .is_balanced = is_balanced}, 1);
    fit.minimize(1, kExact);
    const auto logits = fit.model().answer(examples, 1);
    int ones = 0;
    for (std::size_t n = 0; n < logits.size(); n += 2) ones += logits[n + 1] > logits[n] ? 1 : 0;
    return ones;
  };
  EXPECT_GT(answered(true), answered(false));
}

TEST(Fit, learns_several_labels_at_once) {
  data::Examples examples = examples_of({"x", "y", "x y", "z", "x", "y", "x y", "z"});
  examples.targets = {1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0};
  const Labels labels{Problem::multi_label, {"X", "Y"}};
  Fit fit({.examples = examples, .labels = labels}, 1);
  fit.minimize(0.01, kExact);
  const auto logits = fit.model().answer(examples, 1);
  for (std::size_t n = 0; n < logits.size(); ++n)
    EXPECT_EQ(logits[n] > 0, examples.targets[n] > 0.5F) << n;
}

TEST(Fit, ends_where_it_is_told_to) {
  const data::Examples examples = noisy(400, 2);
  const Labels labels = single(2);
  Fit fit({.examples = examples, .labels = labels}, 1);
  const FitProgress progress =
      fit.minimize(0.001, {.iterations = 100, .tolerance = 0, .go_on = [] { return false; }});
  EXPECT_EQ(progress.iterations, 1);
  EXPECT_FALSE(progress.has_converged);
}

}  // namespace
}  // namespace turngreen::linear
