#include "turngreen/engine/data/token_cache.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "engine/tokenizer/small_tokenizer.h"
#include "turngreen/engine/data/load_examples.h"
#include "written_file.h"

namespace turngreen::data {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<Row> rows_of(std::initializer_list<const char*> texts) {
  std::vector<Row> rows;
  for (const char* text : texts) rows.emplace_back().text = text;
  return rows;
}

class TokenCacheFolder : public testing::Test {
 protected:
  TokenCacheFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(testing::TempDir()) / (std::string("token_cache_") + test->name());
    fs::remove_all(folder_);
  }
  ~TokenCacheFolder() override { fs::remove_all(folder_); }

  TokenCache cache(std::string_view tokenizer = "small, 512") const {
    return TokenCache::open(folder_, tokenizer).value();
  }
  /// Of the only file in it.
  fs::path file() const { return fs::directory_iterator(folder_)->path(); }
  void write(const std::string& content) const {
    std::ofstream(file(), std::ios::binary) << content;
  }
  void keep() const { ASSERT_TRUE(cache().keep(rows_, lengths_, ids_)); }

  fs::path folder_;
  const std::vector<Row> rows_ = rows_of({"a", "", "b"});
  const std::vector<std::uint32_t> lengths_{2, 0, 3};
  const std::vector<std::int32_t> ids_{1, 2, 3, 4, 5};
};

TEST_F(TokenCacheFolder, gives_back_the_ids_of_each_row) {
  EXPECT_FALSE(cache().find(rows_));
  keep();
  const auto found = cache().find(rows_);
  ASSERT_TRUE(found);
  EXPECT_THAT(found->ids_of(0), ElementsAre(1, 2));
  EXPECT_THAT(found->ids_of(1), IsEmpty());
  EXPECT_THAT(found->ids_of(2), ElementsAre(3, 4, 5));
}

TEST_F(TokenCacheFolder, knows_other_texts_and_other_tokenizers_apart) {
  keep();
  EXPECT_FALSE(cache("small, 256").find(rows_));
  EXPECT_FALSE(cache().find(std::span(rows_).first(2)));
  const auto moved = rows_of({"", "a", "b"});
  EXPECT_FALSE(cache().find(moved));
}

TEST_F(TokenCacheFolder, labels_and_numbers_of_rows_do_not_matter) {
  keep();
  auto rows = rows_;
  rows[0].label = std::string("other");
  rows[1].number = 17;
  EXPECT_TRUE(cache().find(rows));
}

TEST_F(TokenCacheFolder, a_file_that_is_damaged_anywhere_counts_as_none) {
  keep();
  const std::string whole = content_of(file());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    write(damaged);
    EXPECT_FALSE(cache().find(rows_)) << "byte " << at;
    write(whole.substr(0, at));
    EXPECT_FALSE(cache().find(rows_)) << "cut at " << at;
  }
  write(whole + "more");
  EXPECT_FALSE(cache().find(rows_));
  write(whole);
  EXPECT_TRUE(cache().find(rows_));
}

TEST_F(TokenCacheFolder, nothing_else_stays_in_it_and_a_folder_in_a_files_place_is_an_error) {
  keep();
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  const fs::path place = file();
  fs::remove(place);
  fs::create_directory(place);
  EXPECT_FALSE(cache().find(rows_));
  EXPECT_FALSE(cache().keep(rows_, lengths_, ids_));
}

TEST_F(TokenCacheFolder, serves_several_that_write_the_same_at_once) {
  std::vector<std::jthread> others;
  for (int n = 0; n < 4; ++n) {
    others.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        EXPECT_TRUE(cache().keep(rows_, lengths_, ids_));
        EXPECT_TRUE(cache().find(rows_));
      }
    });
  }
  others.clear();
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(TokenCacheFolder, that_cannot_be_made_is_refused_with_the_mend) {
  std::ofstream(folder_) << "a file";
  const auto refused = TokenCache::open(folder_, "");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("--token-cache-folder"));
}

TEST_F(TokenCacheFolder, makes_examples_the_same_with_and_without) {
  const auto tokenizer =
      tokenizer::Tokenizer::parse(tokenizer::small_bert().dump(), "small.json").value();
  std::string content = "text,label\n";
  for (int n = 0; n < 9000; ++n) content += n % 3 == 0 ? "hello world,a\n" : "hello,b\n";
  const WrittenFile rows("rows.csv", content);
  const TokenCache tokens = cache();
  LoadOptions options;
  options.read.text = "text";
  options.read.label = "label";
  const auto without = load_examples(rows.path(), tokenizer, options).value();
  options.cache = &tokens;
  const auto first = load_examples(rows.path(), tokenizer, options).value();
  const auto second = load_examples(rows.path(), tokenizer, options).value();
  EXPECT_EQ(first.cached_rows, 0U);
  EXPECT_EQ(second.cached_rows, 9000U);
  for (const auto* one : {&first, &second}) {
    EXPECT_EQ(one->examples.ids, without.examples.ids);
    EXPECT_EQ(one->examples.starts, without.examples.starts);
    EXPECT_EQ(one->examples.classes, without.examples.classes);
  }
}

}  // namespace
}  // namespace turngreen::data
