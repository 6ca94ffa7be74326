#include <gmock/gmock.h>

#include "report/scratch_directory.h"
#include "small_model.h"

namespace turngreen::checkpoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

NamedTensor bytes_named(std::string name, Dtype dtype, std::span<const std::byte> bytes) {
  const auto elements = static_cast<std::int64_t>(bytes.size() / bytes_of(dtype));
  return {std::move(name), {dtype, {elements}, bytes}};
}

TEST(SafetensorsWriter, puts_wide_types_first_then_sorts_by_name_and_pads_the_header) {
  const report::ScratchDirectory scratch;
  const std::array<std::byte, 8> bytes{};
  const std::vector<NamedTensor> tensors = {
      bytes_named("b", Dtype::f32, bytes), bytes_named("a", Dtype::f32, bytes),
      bytes_named("c", Dtype::i64, bytes), bytes_named("0", Dtype::boolean, bytes)};
  ASSERT_TRUE(write_safetensors(scratch / "m", tensors));
  const std::string written = report::content_of(scratch / "m");
  const std::string header = R"({"__metadata__":{"format":"pt"},)"
                             R"("c":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},)"
                             R"("a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]},)"
                             R"("b":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},)"
                             R"("0":{"dtype":"BOOL","shape":[8],"data_offsets":[24,32]}})";
  EXPECT_THAT(written.substr(8), StartsWith(header));
  EXPECT_EQ(written.size() % 8, 0u);
  EXPECT_EQ(scratch.file_count(), 1u);
}

TEST(SafetensorsWriter, writes_what_is_read_again) {
  const report::ScratchDirectory scratch;
  SmallTensors tensors;
  tensors.add("x\n\"\xC3\xA9", 3).add("none", 0);
  ASSERT_TRUE(write_safetensors(scratch / "m", tensors.all()));
  const auto file = SafetensorsFile::open(scratch / "m").value();
  EXPECT_EQ(file.metadata().at("format"), "pt");
  const TensorView& read = file.tensors().find("x\n\"\xC3\xA9")->second;
  EXPECT_THAT(read.shape, ElementsAre(3));
  EXPECT_TRUE(
      std::equal(read.bytes.begin(), read.bytes.end(), tensors.all().front().tensor.bytes.begin()));
}

TEST(SafetensorsWriter, refuses_what_would_be_no_safetensors_file) {
  const report::ScratchDirectory scratch;
  const std::array<std::byte, 8> bytes{};
  const auto fault = [&](std::vector<NamedTensor> tensors) {
    return write_safetensors(scratch / "m", tensors).error().message;
  };
  EXPECT_THAT(fault({bytes_named("a", Dtype::f32, bytes), bytes_named("a", Dtype::i8, bytes)}),
              HasSubstr("m: two tensors are named 'a'"));
  EXPECT_THAT(fault({bytes_named("__metadata__", Dtype::f32, bytes)}),
              HasSubstr("keeps this name"));
  EXPECT_THAT(fault({bytes_named("\xFF", Dtype::f32, bytes)}), HasSubstr("the name is no UTF-8"));
  EXPECT_THAT(fault({{"a", {Dtype::f32, {3}, bytes}}}),
              HasSubstr("tensor 'a': there are 8 bytes, where F32 of shape [3] takes 12"));
  EXPECT_THAT(fault({{"a", {Dtype::f32, {-2, -1}, bytes}}}), HasSubstr("shape [-2, -1] is none"));
  EXPECT_EQ(scratch.file_count(), 0u);
}

TEST(SafetensorsFile, that_is_not_there_or_no_file_is_told) {
  const report::ScratchDirectory scratch;
  const auto none = SafetensorsFile::open(scratch / "none");
  EXPECT_EQ(none.error().kind, Error::Kind::not_found);
  EXPECT_THAT(SafetensorsFile::open(scratch.path()).error().message,
              HasSubstr("this is no regular file"));
  report::write_file(scratch / "empty", "");
  EXPECT_THAT(SafetensorsFile::open(scratch / "empty").error().message,
              HasSubstr("/empty: 0 bytes are no safetensors file"));
}

}  // namespace
}  // namespace turngreen::checkpoint
