#include "engine/checkpoint/safetensors_header.h"

#include <gmock/gmock.h>

namespace turngreen::checkpoint {
namespace {

using testing::HasSubstr;

std::string header_fault(std::string_view json) {
  const auto header = parse_safetensors_header(json, "m.safetensors");
  return header ? "" : header.error().message;
}

/// The fault of an entry of these fields.
std::string entry_fault(const std::string& fields) {
  const std::string fault = header_fault(R"({"x.weight":{)" + fields + "}}");
  EXPECT_THAT(fault, HasSubstr("m.safetensors: tensor 'x.weight': "));
  return fault;
}

TEST(SafetensorsHeader, that_is_no_json_is_refused) {
  EXPECT_THAT(header_fault(R"({"a":)"), HasSubstr("m.safetensors: "));
  EXPECT_THAT(header_fault("{} x"), HasSubstr("the header is no JSON"));
}

TEST(SafetensorsHeader, that_goes_on_behind_a_zero_byte_is_refused) {
  EXPECT_THAT(header_fault(std::string_view("{}\0}", 4)), HasSubstr("it holds a zero byte"));
}

TEST(SafetensorsHeader, that_is_no_utf8_is_refused) {
  EXPECT_THAT(header_fault("{\"\xFF\":{}}"), HasSubstr("the header is no JSON"));
}

TEST(SafetensorsHeader, with_a_name_twice_is_refused) {
  const std::string entry = R"("a":{"dtype":"U8","shape":[],"data_offsets":[0,1]})";
  EXPECT_THAT(header_fault("{" + entry + "," + entry + "}"),
              HasSubstr("tensor 'a': the name is there twice"));
  EXPECT_THAT(header_fault(R"({"__metadata__":{"k":"v","k":"w"}})"),
              HasSubstr("__metadata__: 'k' is there twice"));
  EXPECT_THAT(header_fault(R"({"__metadata__":{},"__metadata__":{}})"),
              HasSubstr("the name is there twice"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","dtype":"U8")"), HasSubstr("dtype is there twice"));
}

TEST(SafetensorsHeader, with_an_unknown_type_of_elements_is_refused) {
  EXPECT_THAT(entry_fault(R"("dtype":"F31","shape":[],"data_offsets":[0,4])"),
              HasSubstr("dtype 'F31' is none of the format; F64, F32"));
}

TEST(SafetensorsHeader, with_a_type_of_elements_that_is_not_supported_says_so) {
  const auto header = parse_safetensors_header(
      R"({"q":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}})", "m");
  ASSERT_FALSE(header);
  EXPECT_EQ(header.error().kind, Error::Kind::unsupported);
  EXPECT_THAT(header.error().message, HasSubstr("tensor 'q': dtype 'F8_E4M3' is not supported"));
}

TEST(SafetensorsHeader, with_a_number_that_is_no_whole_one_of_0_or_more_is_refused) {
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[-1],"data_offsets":[0,1])"),
              HasSubstr("shape: -1 is here, where whole numbers of 0 or more belong"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[1.0],"data_offsets":[0,1])"),
              HasSubstr("shape: 1.0 is here"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[1],"data_offsets":[0,1e0])"),
              HasSubstr("data_offsets: 1e0 is here"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":["1"],"data_offsets":[0,1])"),
              HasSubstr("shape: '1' is here"));
}

TEST(SafetensorsHeader, with_numbers_too_large_is_refused) {
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[18446744073709551615],"data_offsets":[0,1])"),
              HasSubstr("shape: 18446744073709551615 is too large"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[18446744073709551616],"data_offsets":[0,1])"),
              HasSubstr("shape: 18446744073709551616 is here"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0])"),
              HasSubstr("shape [4294967296, 4294967296] is too large"));
  EXPECT_THAT(entry_fault(R"("dtype":"F32","shape":[4611686018427387904],"data_offsets":[0,0])"),
              HasSubstr("is too large"));
}

TEST(SafetensorsHeader, with_an_end_before_the_beginning_is_refused) {
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[1],"data_offsets":[2,1])"),
              HasSubstr("data_offsets ends at 1, before it begins at 2"));
}

TEST(SafetensorsHeader, with_a_size_unlike_the_shape_is_refused) {
  EXPECT_THAT(entry_fault(R"("dtype":"F32","shape":[2,3],"data_offsets":[0,23])"),
              HasSubstr("data_offsets holds 23 bytes, where F32 of shape [2, 3] takes 24"));
}

TEST(SafetensorsHeader, with_a_field_missing_or_unknown_is_refused) {
  EXPECT_THAT(entry_fault(R"("shape":[],"data_offsets":[0,1])"), HasSubstr("dtype is missing"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","data_offsets":[0,1])"), HasSubstr("shape is missing"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[])"), HasSubstr("data_offsets is missing"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","offset":[0])"),
              HasSubstr("'offset' is no field of a tensor"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[],"data_offsets":[0])"),
              HasSubstr("data_offsets has 1 numbers"));
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[],"data_offsets":[0,1,2])"),
              HasSubstr("data_offsets has more than two"));
}

TEST(SafetensorsHeader, with_values_of_the_wrong_kind_is_refused) {
  EXPECT_THAT(header_fault(R"({"a":null})"),
              HasSubstr("tensor 'a': null is here, where an object belongs"));
  EXPECT_THAT(header_fault(R"({"a":[]})"), HasSubstr("an array is here"));
  EXPECT_THAT(header_fault("true"), HasSubstr("the header is true, where an object belongs"));
  EXPECT_THAT(entry_fault(R"("dtype":7)"), HasSubstr("dtype: 7 is here, where a string belongs"));
  EXPECT_THAT(entry_fault(R"("dtype":["U8"])"), HasSubstr("an array is here"));
  EXPECT_THAT(entry_fault(R"("shape":{})"), HasSubstr("an object is here"));
  EXPECT_THAT(header_fault(R"({"__metadata__":{"k":1}})"),
              HasSubstr("'k': 1 is here, where a string belongs"));
}

TEST(SafetensorsHeader, that_nests_more_deeply_than_the_format_is_refused_at_once) {
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[)" + std::string(1'000'000, '[')),
              HasSubstr("shape: an array is here"));
}

TEST(SafetensorsHeader, of_more_than_64_dimensions_is_refused) {
  std::string shape = "1";
  for (int i = 0; i < 64; ++i) shape += ",1";
  EXPECT_THAT(entry_fault(R"("dtype":"U8","shape":[)" + shape + R"(],"data_offsets":[0,1])"),
              HasSubstr("more than 64 dimensions"));
}

TEST(SafetensorsHeader, of_more_than_100000_tensors_is_refused) {
  std::string json = "{";
  for (int i = 0; i <= 100'000; ++i) {
    json += std::to_string(i).insert(0, 1, '"') +
            R"(":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},)";
  }
  json.back() = '}';
  EXPECT_THAT(header_fault(json), HasSubstr("there are more than 100000 tensors"));
}

}  // namespace
}  // namespace turngreen::checkpoint
