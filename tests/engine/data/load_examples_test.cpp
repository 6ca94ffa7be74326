#include "turngreen/engine/data/load_examples.h"

#include <gmock/gmock.h>

#include "engine/tokenizer/small_tokenizer.h"
#include "written_file.h"

namespace turngreen::data {
namespace {

using checkpoint::Labels;
using checkpoint::Problem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class LoadExamples : public testing::Test {
 protected:
  LoadExamples() {
    options_.read.text = "text";
    options_.read.label = "label";
  }

  Result<LoadedExamples> load(const std::string& name, const std::string& content) const {
    const WrittenFile file(name, content);
    return load_examples(file.path(), tokenizer_, options_);
  }
  /// Rows with these labels, in JSON.
  Result<LoadedExamples> load_labels(const std::vector<std::string>& labels) const {
    std::string content;
    for (const std::string& label : labels) {
      content += "{\"text\": \"hello\", \"label\": " + label + "}\n";
    }
    return load("a.jsonl", content);
  }
  std::string fault(const std::vector<std::string>& labels) const {
    const auto loaded = load_labels(labels);
    return loaded ? "" : loaded.error().message;
  }

  tokenizer::Tokenizer tokenizer_ =
      tokenizer::Tokenizer::parse(tokenizer::small_bert().dump(), "small.json").value();
  LoadOptions options_;
};

TEST_F(LoadExamples, keeps_ids_rows_and_classes) {
  const auto loaded = load("a.csv", "text,label\nhello world,b\n,a\nhello,b\n").value();
  const Examples& examples = loaded.examples;
  ASSERT_EQ(examples.size(), 3);
  EXPECT_THAT(examples.ids_of(0), ElementsAre(1, 4, 5, 6, 2));
  EXPECT_THAT(examples.ids_of(1), ElementsAre(1, 2));
  EXPECT_THAT(examples.rows, ElementsAre(0u, 1u, 2u));
  EXPECT_THAT(examples.classes, ElementsAre(1, 0, 1));
  EXPECT_THAT(examples.targets, IsEmpty());
  EXPECT_EQ(loaded.labels, (Labels{Problem::single_label, {"a", "b"}}));
}

TEST_F(LoadExamples, texts_are_cut_as_the_tokenizer_is_set_to) {
  ASSERT_TRUE(tokenizer_.set_truncation(tokenizer::Truncation{.max_length = 3}));
  EXPECT_THAT(load_labels({"0"}).value().examples.ids_of(0), ElementsAre(1, 4, 2));
}

TEST_F(LoadExamples, labels_are_not_needed) {
  options_.read.label.reset();
  options_.labels = Labels{Problem::single_label, {"a", "b"}};
  const auto loaded = load("a.csv", "text\nhello\n").value();
  EXPECT_EQ(loaded.examples.size(), 1);
  EXPECT_THAT(loaded.examples.classes, IsEmpty());
  EXPECT_EQ(loaded.labels, *options_.labels);
}

TEST_F(LoadExamples, what_comes_out_does_not_depend_on_the_threads) {
  std::vector<std::string> labels;
  for (int n = 0; n < 20'000; ++n) labels.push_back(std::to_string(n * n % 7));
  const auto alone = load_labels(labels).value();
  options_.threads = 3;
  const auto together = load_labels(labels).value();
  EXPECT_EQ(alone.examples.ids, together.examples.ids);
  EXPECT_EQ(alone.examples.starts, together.examples.starts);
  EXPECT_EQ(alone.examples.classes, together.examples.classes);
  EXPECT_EQ(alone.labels, together.labels);
}

TEST_F(LoadExamples, class_numbers_are_kept) {
  const auto loaded = load_labels({"2", "\"0\"", "true", "2.0"}).value();
  EXPECT_THAT(loaded.examples.classes, ElementsAre(2, 0, 1, 2));
  EXPECT_THAT(loaded.labels.names, ElementsAre("LABEL_0", "LABEL_1", "LABEL_2"));
}

TEST_F(LoadExamples, other_integers_become_names_in_their_order) {
  const auto loaded = load_labels({"10", "-1", "2"}).value();
  EXPECT_THAT(loaded.examples.classes, ElementsAre(2, 0, 1));
  EXPECT_THAT(loaded.labels.names, ElementsAre("-1", "2", "10"));
}

TEST_F(LoadExamples, integers_beside_names_are_names) {
  EXPECT_THAT(load_labels({"\"b\"", "1", "\"a\""}).value().labels.names,
              ElementsAre("1", "a", "b"));
}

TEST_F(LoadExamples, names_are_utf8_whatever_the_file_holds) {
  EXPECT_THAT(load("a.csv", "text,label\n,caf\xE9\n").value().labels.names,
              ElementsAre("caf\uFFFD"));
}

TEST_F(LoadExamples, a_models_classes_are_known_by_name_or_number) {
  options_.labels = Labels{Problem::single_label, {"safe", "unsafe"}};
  const auto loaded = load_labels({"\"unsafe\"", "0", "\"1\""}).value();
  EXPECT_THAT(loaded.examples.classes, ElementsAre(1, 0, 1));
  EXPECT_EQ(loaded.labels, *options_.labels);
  EXPECT_THAT(fault({"\"unsave\""}),
              HasSubstr("a.jsonl:1: label 'unsave' is none of the model's: 'safe', 'unsafe', or a "
                        "number up to 1; did you mean 'unsafe'?"));
  EXPECT_THAT(fault({"2"}), HasSubstr("label '2' is none of the model's"));
}

TEST_F(LoadExamples, names_that_are_integers_are_no_class_numbers) {
  options_.labels = Labels{Problem::single_label, {"1", "2", "3"}};
  EXPECT_THAT(load_labels({"1", "\"3\""}).value().examples.classes, ElementsAre(0, 2));
  EXPECT_THAT(fault({"0"}), HasSubstr("label '0' is none of the model's: '1', '2', '3'"));
}

TEST_F(LoadExamples, labels_that_are_no_class_are_bad_rows) {
  EXPECT_THAT(fault({"0", "null"}), HasSubstr("a.jsonl:2: the label is empty"));
  EXPECT_THAT(fault({"0.5"}), HasSubstr("label 0.5 is a fraction"));
  EXPECT_THAT(fault({"0", "[1]"}), HasSubstr("the label is a list"));
}

TEST_F(LoadExamples, lists_of_names_are_several_labels) {
  const auto loaded = load_labels({"[\"b\"]", "[]", "[\"a\", \"b\"]"}).value();
  EXPECT_EQ(loaded.labels, (Labels{Problem::multi_label, {"a", "b"}}));
  EXPECT_THAT(loaded.examples.targets, ElementsAre(0, 1, 0, 0, 1, 1));
  EXPECT_THAT(loaded.examples.classes, IsEmpty());
}

TEST_F(LoadExamples, lists_of_flags_are_several_labels) {
  const auto loaded = load("a.csv", "text,label\nhello,\"[1, 0]\"\nhello,\"[true, 1]\"\n").value();
  EXPECT_EQ(loaded.labels, (Labels{Problem::multi_label, {"LABEL_0", "LABEL_1"}}));
  EXPECT_THAT(loaded.examples.targets, ElementsAre(1, 0, 1, 1));
}

TEST_F(LoadExamples, lists_that_do_not_fit_are_bad_rows) {
  EXPECT_THAT(fault({"[0, 1]", "[1]"}), HasSubstr("the label has 1 numbers, where there are 2"));
  EXPECT_THAT(fault({"[0, 2]"}), HasSubstr("the label holds 2, not 0 or 1"));
  EXPECT_THAT(fault({"[0, 1]", "[\"a\"]"}), HasSubstr("the rows before have lists of 0 and 1"));
  EXPECT_THAT(fault({"[\"a\"]", "[0, 1]"}), HasSubstr("the rows before have lists of names"));
  EXPECT_THAT(fault({"[1]", "\"[x\""}), HasSubstr("the label '[x' is no list"));
  EXPECT_THAT(fault({"[1]", "1"}), HasSubstr("the label is no list"));
  options_.labels = Labels{Problem::multi_label, {"a", "b"}};
  EXPECT_THAT(load_labels({"[\"b\"]", "[1, 0]"}).value().examples.targets, ElementsAre(0, 1, 1, 0));
  EXPECT_THAT(fault({"[\"a\", \"c\"]"}), HasSubstr("label 'c' is none of the model's"));
}

TEST_F(LoadExamples, regression_takes_finite_numbers) {
  options_.problem = Problem::regression;
  const auto loaded = load_labels({"0.5", "-2", "\"1e3\""}).value();
  EXPECT_EQ(loaded.labels, (Labels{Problem::regression, {"LABEL_0"}}));
  EXPECT_THAT(loaded.examples.targets, ElementsAre(0.5, -2, 1000));
  EXPECT_THAT(fault({"\"nan\""}), HasSubstr("label nan is not finite"));
  EXPECT_THAT(fault({"1e300"}), HasSubstr("is not finite in single precision"));
  EXPECT_THAT(fault({"\"a\""}), HasSubstr("label 'a' is no number"));
}

TEST_F(LoadExamples, bad_rows_can_be_skipped_and_are_counted) {
  options_.read.on_bad_row = BadRows::skip;
  options_.labels = Labels{Problem::single_label, {"a", "b"}};
  const auto loaded = load("a.csv", "text,label\nhello,a,\nhello,c\nhello,b\n").value();
  EXPECT_EQ(loaded.bad_rows, 2u);
  EXPECT_THAT(loaded.examples.rows, ElementsAre(2u));
  ASSERT_EQ(loaded.told_bad_rows.size(), 2u);
  EXPECT_THAT(loaded.told_bad_rows[1].message, HasSubstr("a.csv:3: label 'c' is none"));
}

TEST_F(LoadExamples, a_file_of_bad_rows_alone_is_an_error) {
  options_.read.on_bad_row = BadRows::skip;
  EXPECT_THAT(fault({"null", "null"}), HasSubstr("all 2 rows are bad; the first is"));
  EXPECT_EQ(load("a.csv", "text,label\n").value().examples.size(), 0);
}

TEST_F(LoadExamples, classes_are_bounded) {
  std::string content = "text,label\n";
  for (std::size_t n = 0; n <= kMostClasses; ++n) content += ",id" + std::to_string(n) + "\n";
  EXPECT_THAT(load("a.csv", content).error().message, HasSubstr("more than 10000 classes"));
}

TEST_F(LoadExamples, tells_how_far_it_is) {
  std::uint64_t read = 0;
  options_.progress = [&](std::uint64_t bytes, std::uint64_t in_all) {
    EXPECT_EQ(in_all, 18u);
    read = bytes;
  };
  ASSERT_TRUE(load("a.csv", "text,label\nhello,a"));
  EXPECT_EQ(read, 18u);
}

}  // namespace
}  // namespace turngreen::data
