#include "tokenize_file.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "engine/tokenizer/small_tokenizer.h"
#include "report/scratch_directory.h"
#include "turngreen/engine/tokenizer/encoder.h"

namespace turngreen::engine {
namespace {

using testing::HasSubstr;

class TokenizeFile : public testing::Test {
 protected:
  Result<TokenizeSummary> run(const std::string& input) {
    std::ofstream(scratch_ / "in.jsonl") << input;
    options_.input = (scratch_ / "in.jsonl").string();
    options_.output = (scratch_ / "out.jsonl").string();
    options_.read.text = "text";
    auto tokenizer =
        tokenizer::Tokenizer::parse(tokenizer::small_bert().dump(), "small.json").value();
    return tokenize_file(tokenizer, options_, err_);
  }
  std::string output() const { return report::content_of(scratch_ / "out.jsonl"); }

  report::ScratchDirectory scratch_;
  TokenizeFileOptions options_;
  std::ostringstream err_;
};

TEST_F(TokenizeFile, writes_a_row_for_each_row) {
  options_.with_offsets = true;
  const auto summary = run("{\"text\": \"Hello\"}\n\n{\"text\": \"\"}\n").value();
  EXPECT_EQ(output(),
            "{\"row\": 0, \"ids\": [1, 4, 2], \"offsets\": [[0, 0], [0, 5], [0, 0]]}\n"
            "{\"row\": 1, \"ids\": [1, 2], \"offsets\": [[0, 0], [0, 0]]}\n");
  EXPECT_EQ(summary.rows, 2u);
  EXPECT_EQ(summary.tokens, 5u);
}

TEST_F(TokenizeFile, length_is_the_callers) {
  options_.max_length = 3;
  ASSERT_TRUE(run("{\"text\": \"hello world\"}\n"));
  EXPECT_EQ(output(), "{\"row\": 0, \"ids\": [1, 4, 2]}\n");
}

TEST_F(TokenizeFile, a_bad_row_stops_it_with_file_and_line_and_leaves_nothing) {
  const auto summary = run("{\"text\": \"hello\"}\n\n{\"txt\": 1}\n");
  ASSERT_FALSE(summary);
  EXPECT_THAT(summary.error().message,
              HasSubstr("in.jsonl:3: there is no column 'text' in this row; it has 'txt'; did you "
                        "mean 'txt'?; --on-bad-row skip"));
  EXPECT_EQ(scratch_.file_count(), 1u);
}

TEST_F(TokenizeFile, bad_rows_can_be_skipped_and_are_counted) {
  options_.read.on_bad_row = data::BadRows::skip;
  const auto summary = run("oops\n{\"text\": \"hello\"}\n").value();
  EXPECT_EQ(summary.bad_rows, 1u);
  EXPECT_EQ(output(), "{\"row\": 1, \"ids\": [1, 4, 2]}\n");
  EXPECT_THAT(err_.str(), HasSubstr("in.jsonl:1: "));
}

TEST_F(TokenizeFile, texts_that_cannot_be_encoded_are_bad_rows) {
  const std::string too_long(tokenizer::Encoder::kLongestText + 1, 'a');
  const std::string input = "{\"text\": \"" + too_long + "\"}\n{\"text\": \"hello\"}\n";
  EXPECT_THAT(run(input).error().message, HasSubstr("in.jsonl:1: "));
  options_.read.on_bad_row = data::BadRows::skip;
  EXPECT_EQ(run(input).value().bad_rows, 1u);
  EXPECT_EQ(output(), "{\"row\": 1, \"ids\": [1, 4, 2]}\n");
}

TEST_F(TokenizeFile, reads_other_tables) {
  report::write_file(scratch_ / "in.csv", "id,text\n1,hello\n");
  ASSERT_TRUE(run(""));
  options_.input = (scratch_ / "in.csv").string();
  auto tokenizer =
      tokenizer::Tokenizer::parse(tokenizer::small_bert().dump(), "small.json").value();
  EXPECT_EQ(tokenize_file(tokenizer, options_, err_).value().rows, 1u);
  EXPECT_EQ(output(), "{\"row\": 0, \"ids\": [1, 4, 2]}\n");
}

TEST_F(TokenizeFile, what_comes_out_does_not_depend_on_the_threads) {
  std::string input;
  for (int n = 0; n < 3000; ++n)
    input += "{\"text\": \"hello " + std::to_string(n) + " world caf\u00E9\"}\n";
  options_.with_offsets = true;
  ASSERT_TRUE(run(input));
  const std::string alone = output();
  options_.threads = 3;
  ASSERT_TRUE(run(input));
  EXPECT_EQ(output(), alone);
}

}  // namespace
}  // namespace turngreen::engine
