#include "report/knobs_file.h"

#include <gmock/gmock.h>

namespace turngreen::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const std::vector<std::string> kNames{"v0_baseline", "v1_lora", "v2_both"};

auto parse(const std::string& csv, const std::string& column = "") {
  return parse_knobs_file(csv, {"k.csv", column}, kNames, 0);
}
std::string faults(const std::string& csv, const std::string& column = "") {
  const auto read = parse(csv, column);
  return read ? "none" : read.error().message;
}

TEST(KnobsFile, a_column_of_parts_says_what_is_on) {
  const auto stated = parse("variant,knobs\nv0_baseline,\nv2_both, lora + fp16 ;compile\n").value();
  EXPECT_THAT(stated[0]->parts, IsEmpty());
  EXPECT_FALSE(stated[1]);
  EXPECT_THAT(stated[2]->parts, ElementsAre("lora", "fp16", "compile"));
}

TEST(KnobsFile, otherwise_each_column_that_varies_is_a_knob) {
  const auto stated = parse(
                          "configuration,lr,machine,batch\nv0_baseline,5e-5,a,\n"
                          "v1_lora,1e-5,a,8\n")
                          .value();
  EXPECT_THAT(stated[0]->values, ElementsAre(Pair("lr", "5e-5")));
  EXPECT_THAT(stated[1]->values, ElementsAre(Pair("lr", "1e-5"), Pair("batch", "8")));
}

TEST(KnobsFile, faults_are_told_all_at_once_with_the_nearest_name) {
  EXPECT_THAT(
      faults("name,knobs\nv1_lroa,x\nv2_both,a\nv2_both,b\nshort\n"),
      AllOf(HasSubstr("k.csv:2: there is no configuration 'v1_lroa'; did you mean 'v1_lora'?"),
            HasSubstr("k.csv:4: 'v2_both' is there twice"),
            HasSubstr("k.csv:5: 1 cells where the first row has 2")));
  EXPECT_THAT(faults("run,knobs\n"), HasSubstr("name one \"configuration\""));
  EXPECT_THAT(faults("name,knobs_a\nv1_lora,x\n"), HasSubstr("choose one of knobs_a"));
  EXPECT_THAT(faults("name,parts\n", "part"), HasSubstr("did you mean 'parts'?"));
  EXPECT_THAT(faults("name,lr\nv1_lora,1\n"), HasSubstr("no row for the baseline 'v0_baseline'"));
  EXPECT_THAT(faults(""), HasSubstr("the file is empty"));
}

}  // namespace
}  // namespace turngreen::report
