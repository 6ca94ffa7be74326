#include <gmock/gmock.h>

#include <fstream>

#include "report/scratch_directory.h"
#include "small_tokenizer.h"
#include "turngreen/engine/tokenizer/tokenizer.h"

namespace turngreen::tokenizer {
namespace {

using nlohmann::json;
using testing::HasSubstr;

std::string fault(const json& file) {
  const auto parsed = Tokenizer::parse(file.dump(), "t.json");
  return parsed ? "none" : parsed.error().message;
}

/// small_bert with one thing changed.
json with(const char* pointer, const json& value) {
  json file = small_bert();
  file[json::json_pointer(pointer)] = value;
  return file;
}

TEST(TokenizerJson, what_is_not_supported_is_named_with_its_place) {
  EXPECT_THAT(fault(with("/model/type", "Unigram")),
              HasSubstr("t.json: model.type: the model 'Unigram' is not supported"));
  EXPECT_THAT(fault(with("/normalizer/type", "Precompiled")),
              HasSubstr("normalizer.type: the normalizer 'Precompiled'"));
  EXPECT_THAT(fault(with("/pre_tokenizer", {{"type", "Split"},
                                            {"pattern", {{"Regex", "a+"}}},
                                            {"behavior", "Removed"},
                                            {"invert", false}})),
              HasSubstr("pre_tokenizer.pattern.Regex"));
  EXPECT_THAT(fault(with("/post_processor/type", "Odd")), HasSubstr("post_processor.type"));
  EXPECT_THAT(
      fault(with("/truncation", {{"max_length", 8}, {"strategy", "OnlySecond"}, {"stride", 2}})),
      testing::AllOf(HasSubstr("truncation.strategy: 'OnlySecond'"),
                     HasSubstr("truncation.stride")));
  EXPECT_THAT(fault(with("/version", "2.0")), HasSubstr("version"));
}

TEST(TokenizerJson, a_place_within_a_sequence_is_counted) {
  const json sequence = {{"type", "Sequence"},
                         {"normalizers", json::array({{{"type", "NFC"}}, {{"type", "Odd"}}})}};
  EXPECT_THAT(fault(with("/normalizer", sequence)),
              HasSubstr("normalizer.normalizers[1].type: the normalizer 'Odd'"));
}

TEST(TokenizerJson, all_faults_are_told_at_once) {
  json file = with("/normalizer/lowercase", "yes");
  file["model"].erase("unk_token");
  const std::string message = fault(file);
  EXPECT_THAT(message,
              HasSubstr("normalizer.lowercase: '\"yes\"' is here, where true or false belongs"));
  EXPECT_THAT(message, HasSubstr("model.unk_token: is missing; a string belongs here"));
}

TEST(TokenizerJson, ids_are_bounded) {
  EXPECT_THAT(fault(with("/model/vocab/hello", 16777216)),
              HasSubstr("model.vocab: the id of 'hello' must be a whole number below 16777216"));
  EXPECT_THAT(fault(with("/model/vocab/hello", -1)), HasSubstr("the id of 'hello'"));
  EXPECT_THAT(fault(with("/model/vocab/hello", 1.5)), HasSubstr("the id of 'hello'"));
  EXPECT_THAT(fault(with("/post_processor/special_tokens/[CLS]/ids", {1U << 24})),
              HasSubstr("single[0].SpecialToken.id"));
}

TEST(TokenizerJson, a_template_names_only_tokens_that_it_has) {
  EXPECT_THAT(fault(with("/post_processor/special_tokens", json::object())),
              HasSubstr("'[CLS]' is no token of special_tokens"));
}

TEST(TokenizerJson, truncation_must_leave_room) {
  EXPECT_THAT(
      fault(with("/truncation", {{"max_length", 1}, {"strategy", "LongestFirst"}, {"stride", 0}})),
      HasSubstr("truncation.max_length: 1 leaves no room for the 2 tokens"));
}

TEST(TokenizerJson, padding_is_kept_as_data) {
  const json padding = {{"strategy", {{"Fixed", 128}}},
                        {"direction", "Left"},
                        {"pad_to_multiple_of", 8},
                        {"pad_id", 7},
                        {"pad_type_id", 1},
                        {"pad_token", "[P]"}};
  const auto tokenizer = Tokenizer::parse(with("/padding", padding).dump(), "t.json").value();
  EXPECT_EQ(tokenizer.padding(), (Padding{128, 8, Direction::left, 7, 1, "[P]"}));
}

TEST(TokenizerJson, merges_may_be_written_in_either_way_but_not_in_both) {
  json file = with("/model", {{"type", "BPE"}, {"vocab", {{"a", 0}, {"b", 1}, {"ab", 2}}}});
  file["added_tokens"] = json::array();
  file["model"]["merges"] = {"a b"};
  EXPECT_EQ(fault(file), "none");
  file["model"]["merges"] = json::array({json::array({"a", "b"})});
  EXPECT_EQ(fault(file), "none");
  file["model"]["merges"] = json::array({json::array({"a", "b"}), "a b"});
  EXPECT_THAT(fault(file), HasSubstr("model.merges[1]"));
  file["model"]["merges"] = {"a b c"};
  EXPECT_THAT(fault(file), HasSubstr("model.merges[0]"));
  file["model"]["merges"] = json::array();
  file["model"]["dropout"] = 0.1;
  EXPECT_THAT(fault(file), HasSubstr("model.dropout"));
}

TEST(TokenizerJson, what_is_no_json_or_too_deep_is_refused) {
  EXPECT_THAT(Tokenizer::parse("{", "t.json").error().message,
              HasSubstr("t.json: this is no JSON"));
  EXPECT_THAT(Tokenizer::parse(std::string(100000, '['), "t.json").error().message,
              HasSubstr("nested more than 64 deep"));
  EXPECT_THAT(Tokenizer::parse("[]", "t.json").error().message,
              HasSubstr("an array is here, where an object belongs"));
}

TEST(TokenizerJson, a_file_that_is_not_there_or_a_folder_is_told) {
  const report::ScratchDirectory scratch;
  const auto absent = Tokenizer::load(scratch / "none.json");
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, Error::Kind::not_found);
  EXPECT_THAT(Tokenizer::load(scratch.path()).error().message, HasSubstr("no regular file"));
  std::ofstream(scratch / "small.json") << small_bert().dump();
  EXPECT_TRUE(Tokenizer::load(scratch / "small.json"));
}

}  // namespace
}  // namespace turngreen::tokenizer
