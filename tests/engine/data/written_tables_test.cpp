// Tables that other programs have written, in every format and type.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "written_file.h"

namespace turngreen::data {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

const ReadOptions kBoth{.text = "text", .label = "label"};

/// The exit status.
int run_python(const fs::path& script, const fs::path& folder) {
  const fs::path own = fs::path(TURNGREEN_SOURCE_DIR) / ".venv/bin/python";
  const std::string python = fs::exists(own) ? own.string() : "python3";
  const std::string command =
      "'" + python + "' '" + script.string() + "' '" + folder.string() + "'";
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Writing them once is enough.
class WrittenTables : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    scratch_ = std::make_unique<report::ScratchDirectory>();
    status_ = run_python(fs::path(TURNGREEN_SOURCE_DIR) / "tests/engine/data/write_tables.py",
                         scratch_->path());
  }
  static void TearDownTestSuite() { scratch_.reset(); }
  void SetUp() override {
    if (status_ == 77)
      GTEST_SKIP() << "no Python has pyarrow; scripts/make-venv engine installs it";
    ASSERT_EQ(status_, 0);
  }

  static std::vector<Row> rows_of(const std::string& name) {
    auto reader = RowReader::open((*scratch_ / name).string(), kBoth);
    if (!reader) throw std::runtime_error(reader.error().message);
    auto rows = rest_of(*reader, 333);
    EXPECT_EQ(reader->bytes_read(), reader->bytes_in_all()) << name;
    return rows;
  }
  static std::string fault_of_file(const std::string& name) {
    auto reader = RowReader::open((*scratch_ / name).string(), kBoth);
    if (!reader) return reader.error().message;
    std::vector<Row> rows;
    do {
      if (const auto read = reader->next(rows, 1000); !read) return read.error().message;
    } while (!rows.empty());
    return "";
  }
  static std::vector<std::string> names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(scratch_->path())) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  static std::unique_ptr<report::ScratchDirectory> scratch_;
  static int status_;
};

std::unique_ptr<report::ScratchDirectory> WrittenTables::scratch_;
int WrittenTables::status_ = 0;

bool is_binary(const std::string& name) {
  return name.ends_with(".parquet") || name.ends_with(".arrow") || name.ends_with(".feather");
}

TEST_F(WrittenTables, hold_the_same_rows_in_every_format) {
  int compared = 0;
  for (const std::string& name : names()) {
    const std::string expected = name.substr(0, name.find('.')) + ".expected.jsonl";
    if (name == expected || !fs::exists(*scratch_ / expected)) continue;
    if (is_binary(name) && !has_arrow()) continue;
    const auto wanted = rows_of(expected);
    const auto found = rows_of(name);
    ASSERT_EQ(found.size(), wanted.size()) << name;
    for (std::size_t n = 0; n < found.size(); ++n) {
      ASSERT_EQ(found[n].text, wanted[n].text) << name << ", row " << n;
      ASSERT_EQ(found[n].label, wanted[n].label) << name << ", row " << n;
      ASSERT_EQ(found[n].number, n);
    }
    ++compared;
  }
  EXPECT_GE(compared, has_arrow() ? 80 : 8);
}

TEST_F(WrittenTables, that_cannot_be_used_are_told) {
  if (!has_arrow()) GTEST_SKIP() << "built without libarrow";
  EXPECT_THAT(fault_of_file("nulls.parquet"),
              HasSubstr("nulls.parquet, row 1: column 'text' holds null, where a text belongs"));
  EXPECT_THAT(fault_of_file("types.parquet"),
              HasSubstr("types.parquet: column 'text' holds int64, where texts belong"));
  EXPECT_THAT(fault_of_file("cut.parquet"), HasSubstr("cut.parquet: cannot be read: "));
  EXPECT_THAT(fault_of_file("cut.arrow"), HasSubstr("cut.arrow: cannot be read: "));
  const auto reader = RowReader::open((*scratch_ / "nulls.parquet").string(), {.text = "txt"});
  ASSERT_FALSE(reader);
  EXPECT_THAT(
      reader.error().message,
      HasSubstr("nulls.parquet: there is no column 'txt' in the file; it has 'text', 'label'; "
                "did you mean 'text'?"));
}

TEST_F(WrittenTables, nulls_can_be_skipped) {
  if (!has_arrow()) GTEST_SKIP() << "built without libarrow";
  auto reader = RowReader::open((*scratch_ / "nulls.parquet").string(),
                                {.text = "text", .label = "label", .on_bad_row = BadRows::skip})
                    .value();
  EXPECT_THAT(texts_of(rest_of(reader)), ElementsAre("a"));
  EXPECT_EQ(reader.bad_row_count(), 2u);
}

}  // namespace
}  // namespace turngreen::data
