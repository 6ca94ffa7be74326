#include "engine/checkpoint/safetensors_content.h"

#include <gmock/gmock.h>

#include "safetensors_bytes.h"

namespace turngreen::checkpoint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(SafetensorsContent, holds_tensors_where_the_offsets_say) {
  const std::string bytes =
      safetensors_bytes(R"({"__metadata__":{"format":"pt"},)"
                        R"("b":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},)"
                        R"("a":{"dtype":"U8","shape":[3],"data_offsets":[8,11]}}  )",
                        11);
  const auto content = parse_safetensors(as_bytes(bytes), "m").value();
  EXPECT_EQ(content.metadata.at("format"), "pt");
  ASSERT_EQ(content.tensors.size(), 2u);
  const TensorView& a = content.tensors.find("a")->second;
  EXPECT_EQ(a.dtype, Dtype::u8);
  EXPECT_THAT(a.shape, ElementsAre(3));
  EXPECT_THAT(a.bytes, ElementsAre(std::byte{8}, std::byte{9}, std::byte{10}));
  EXPECT_THAT(content.tensors.find("b")->second.shape, ElementsAre(2, 1));
}

TEST(SafetensorsContent, may_be_of_no_tensors_of_no_elements_or_of_one_number) {
  EXPECT_EQ(fault_of("{}", 0), "");
  const std::string bytes =
      safetensors_bytes(R"({"empty":{"dtype":"F16","shape":[0,3],"data_offsets":[4,4]},)"
                        R"("number":{"dtype":"I32","shape":[],"data_offsets":[0,4]}})",
                        4);
  const auto content = parse_safetensors(as_bytes(bytes), "m").value();
  EXPECT_THAT(content.tensors.find("empty")->second.bytes, IsEmpty());
  EXPECT_THAT(content.tensors.find("number")->second.shape, IsEmpty());
}

TEST(SafetensorsContent, of_less_than_8_bytes_is_refused) {
  EXPECT_EQ(fault_of("1234567"),
            "m.safetensors: 7 bytes are no safetensors file, which has 8 at least");
}

TEST(SafetensorsContent, with_a_header_beyond_the_limit_is_refused) {
  std::string bytes = safetensors_bytes("{}", 0);
  bytes[7] = '\x7F';
  EXPECT_THAT(fault_of(bytes), HasSubstr("where 100000000 is the most"));
}

TEST(SafetensorsContent, that_ends_within_its_header_is_refused) {
  const std::string bytes = safetensors_bytes("{        }", 0);
  EXPECT_THAT(fault_of(bytes.substr(0, 12)), HasSubstr("the file is cut short: a header of 10"));
}

TEST(SafetensorsContent, that_ends_within_its_data_is_refused) {
  EXPECT_THAT(
      fault_of(R"({"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}})", 8),
      HasSubstr("the file is cut short: its tensors need 9 bytes of data, and there are 8"));
}

TEST(SafetensorsContent, with_bytes_behind_its_tensors_is_refused) {
  EXPECT_THAT(fault_of(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", 5),
              HasSubstr("there are 3 bytes behind the last tensor"));
}

TEST(SafetensorsContent, with_a_header_that_begins_otherwise_is_refused) {
  EXPECT_THAT(fault_of(" {}", 0), HasSubstr("does not begin with '{'"));
  EXPECT_THAT(fault_of("[]", 0), HasSubstr("does not begin with '{'"));
}

TEST(SafetensorsContent, with_a_hole_is_refused_and_the_tensor_named) {
  EXPECT_THAT(fault_of(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})", 3),
              HasSubstr("tensor 'a': data_offsets begins at 1, leaving a hole behind 0"));
}

TEST(SafetensorsContent, with_an_overlap_is_refused_and_the_tensor_named) {
  EXPECT_THAT(fault_of(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},)"
                       R"("b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}})",
                       3),
              HasSubstr("tensor 'b': data_offsets begins at 1, within another tensor"));
}

TEST(SafetensorsContent, is_read_in_whatever_order_the_header_has) {
  EXPECT_EQ(fault_of(R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},)"
                     R"("b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}})",
                     3),
            "");
}

}  // namespace
}  // namespace turngreen::checkpoint
