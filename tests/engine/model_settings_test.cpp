#include "model_settings.h"

#include <gmock/gmock.h>

#include <fstream>

namespace turngreen::engine {
namespace {

using ::testing::HasSubstr;

class ModelSettingsFile : public ::testing::Test {
 protected:
  ModelSettingsFile() {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
  }
  ~ModelSettingsFile() override { std::filesystem::remove_all(folder_); }

  std::string error_of(const std::string& content) const {
    std::ofstream(folder_ / kModelSettingsFile) << content;
    const auto read = read_model_settings(folder_);
    return read ? "" : read.error().message;
  }

  std::filesystem::path folder_;
};

TEST_F(ModelSettingsFile, comes_back_as_it_was_written) {
  const ModelSettings settings{.text_column = "func",
                               .label_column = "target",
                               .max_length = 512,
                               .threshold = 0.1234567890123,
                               .threshold_from = "chosen"};
  ASSERT_TRUE(write_model_settings(folder_, settings));
  EXPECT_EQ(*read_model_settings(folder_), settings);
  ASSERT_TRUE(write_model_settings(folder_, {}));
  EXPECT_EQ(*read_model_settings(folder_), ModelSettings());
}

TEST_F(ModelSettingsFile, need_not_be_there) {
  EXPECT_EQ(*read_model_settings(folder_), ModelSettings());
}

TEST_F(ModelSettingsFile, names_the_field_that_is_wrong) {
  EXPECT_THAT(error_of(R"({"threshold": 1.5})"),
              HasSubstr("turngreen.json: threshold is '1.5', where a number from 0 to 1 belongs"));
  EXPECT_THAT(error_of(R"({"max_length": 0})"), HasSubstr("max_length is '0'"));
  EXPECT_THAT(error_of(R"({"max_length": -1})"), HasSubstr("max_length is '-1'"));
  EXPECT_THAT(error_of(R"({"text_column": 3})"), HasSubstr("text_column is '3'"));
  EXPECT_THAT(error_of("[1]"), HasSubstr("is no JSON object"));
  EXPECT_THAT(error_of("{"), HasSubstr("is no JSON object"));
  EXPECT_EQ(error_of(R"({"something": {"else": 1}, "threshold": null})"), "");
}

}  // namespace
}  // namespace turngreen::engine
