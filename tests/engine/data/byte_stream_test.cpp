#include "byte_stream.h"

#include <gmock/gmock.h>
#include <zlib.h>
#include <zstd.h>

#include "written_file.h"

namespace turngreen::data {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const ReadOptions kText{.text = "text"};

std::string zstd(const std::string& text) {
  std::string frame(::ZSTD_compressBound(text.size()), '\0');
  frame.resize(::ZSTD_compress(frame.data(), frame.size(), text.data(), text.size(), 3));
  return frame;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  ::deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string member(::deflateBound(&stream, text.size()), '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(member.data());
  stream.avail_out = static_cast<uInt>(member.size());
  ::deflate(&stream, Z_FINISH);
  member.resize(stream.total_out);
  ::deflateEnd(&stream);
  return member;
}

std::string rows(int first, int last) {
  std::string lines;
  for (int n = first; n < last; ++n)
    lines += "{\"text\": \"row " + std::to_string(n * 7919) + "\"}\n";
  return lines;
}

std::string content_of(const std::string& name, const std::string& content) {
  const WrittenFile file(name, content);
  auto reader = file.open(kText).value();
  std::string all;
  for (const Row& row : rest_of(reader)) all += "{\"text\": \"" + row.text + "\"}\n";
  return all;
}

TEST(ByteStream, reads_several_gzip_members_and_zeros_behind_them) {
  const std::string two =
      gzip(rows(0, 90'000)) + gzip(rows(90'000, 100'000)) + std::string(9, '\0');
  EXPECT_EQ(content_of("a.jsonl.gz", two), rows(0, 100'000));
}

TEST(ByteStream, reads_several_zstd_frames) {
  EXPECT_EQ(content_of("a.jsonl.zst", zstd(rows(0, 90'000)) + zstd(rows(90'000, 100'000))),
            rows(0, 100'000));
}

TEST(ByteStream, compression_is_seen_without_the_name) {
  EXPECT_EQ(content_of("a.jsonl", gzip(rows(0, 10))), rows(0, 10));
  EXPECT_EQ(content_of("a.jsonl", zstd(rows(0, 10))), rows(0, 10));
}

TEST(ByteStream, an_empty_member_or_frame_is_an_empty_file) {
  EXPECT_EQ(content_of("a.jsonl.gz", gzip("")), "");
  EXPECT_EQ(content_of("a.jsonl.zst", zstd("")), "");
}

// At every length: neither may a file that is cut short pass for a shorter one.
TEST(ByteStream, data_cut_short_are_an_error) {
  for (const std::string& whole : {gzip(rows(0, 3)), gzip("") + gzip(rows(0, 3))}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      if (size == gzip("").size() && whole.starts_with(gzip(""))) continue;  // a whole member
      ASSERT_THAT(fault_of(WrittenFile("a.jsonl.gz", whole.substr(0, size)), kText),
                  HasSubstr("a.jsonl.gz: the gzip data are cut short"))
          << size;
    }
  }
  const std::string frame = zstd(rows(0, 3));
  for (std::size_t size = 0; size < frame.size(); ++size) {
    ASSERT_THAT(fault_of(WrittenFile("a.jsonl.zst", frame.substr(0, size)), kText),
                HasSubstr("a.jsonl.zst: the zstd data are cut short"))
        << size;
  }
}

TEST(ByteStream, damaged_data_are_an_error) {
  std::string member = gzip(rows(0, 1000));
  member[member.size() / 2] = static_cast<char>(member[member.size() / 2] ^ 0x55);
  EXPECT_THAT(fault_of(WrittenFile("a.jsonl.gz", member), kText), HasSubstr("damaged gzip data"));
  EXPECT_THAT(fault_of(WrittenFile("a.jsonl.gz", rows(0, 3)), kText),
              HasSubstr("damaged gzip data"));
  EXPECT_THAT(fault_of(WrittenFile("a.jsonl.zst", rows(0, 3)), kText),
              HasSubstr("damaged zstd data"));
  EXPECT_THAT(fault_of(WrittenFile("a.jsonl.gz", gzip(rows(0, 3)) + "rest"), kText),
              HasSubstr("gzip data"));
}

TEST(ByteStream, what_cannot_be_read_is_told) {
  const auto absent = RowReader::open("/nowhere/a.jsonl", kText);
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().kind, Error::Kind::not_found);
  EXPECT_EQ(absent.error().message, "/nowhere/a.jsonl: cannot be read: No such file or directory");
  const report::ScratchDirectory folder;
  EXPECT_THAT(RowReader::open(folder.path().string(), kText).error().message,
              HasSubstr("cannot be read: Is a directory"));
}

TEST(ByteStream, names_that_tell_no_format_are_refused) {
  EXPECT_THAT(fault_of(WrittenFile("a.txt", ""), kText),
              HasSubstr("a.txt: the name does not say what format this is; end it with .jsonl"));
  EXPECT_THAT(fault_of(WrittenFile("a.parquet.gz", ""), kText), HasSubstr("compressed inside"));
}

}  // namespace
}  // namespace turngreen::data
