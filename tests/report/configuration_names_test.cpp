#include "report/configuration_names.h"

#include <gmock/gmock.h>

#include <set>

namespace turngreen::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using Names = std::vector<std::string>;
using Stated = std::vector<std::optional<StatedKnobs>>;

NamedKnobs read(const Names& names, Stated stated = {}) {
  stated.resize(names.size());
  return knobs_of_names(names, 0, stated);
}

/// "a=on b=2" for one of the names.
std::string settings(const NamedKnobs& knobs, std::size_t name) {
  std::string text;
  for (const auto& [knob, value] : knobs.settings[name]) {
    text += (text.empty() ? "" : " ") + knob + "=" + value;
  }
  return text;
}

TEST(ConfigurationNames, each_single_name_is_a_knob_and_a_bundle_is_made_of_them) {
  const auto knobs = read({"v0_baseline", "v1_lora_peft", "v2_f16", "v3_lora_plus_fp16"});
  ASSERT_THAT(knobs.knobs, SizeIs(2));
  EXPECT_EQ(knobs.knobs[0].id, "lora_peft");
  EXPECT_EQ(knobs.knobs[0].values.at(knobs.knobs[0].off).text(), "off");
  EXPECT_EQ(settings(knobs, 0), "");
  EXPECT_EQ(settings(knobs, 3), "lora_peft=on f16=on");
  EXPECT_THAT(knobs.read_as, ElementsAre("lora as lora_peft", "fp16 as f16"));
  EXPECT_THAT(knobs.notes, IsEmpty());
}

TEST(ConfigurationNames, a_part_that_may_be_any_of_several_is_a_knob_of_its_own_and_said_so) {
  const auto knobs = read({"baseline", "pruning_4", "pruning_8", "fp16", "pruning_plus_fp16"});
  EXPECT_EQ(settings(knobs, 4), "fp16=on pruning=on");
  ASSERT_THAT(knobs.notes, SizeIs(1));
  EXPECT_THAT(knobs.notes[0].text, AllOf(HasSubstr("'pruning' may be any of pruning_4, pruning_8"),
                                         HasSubstr("--knobs FILE.csv")));
  EXPECT_THAT(knobs.notes[0].names, ElementsAre(4U));
}

TEST(ConfigurationNames, a_part_that_stands_nowhere_alone_is_a_knob_of_its_own_and_said_so) {
  const auto knobs = read({"baseline", "fp16", "accumulation_plus_fp16"});
  EXPECT_EQ(settings(knobs, 2), "fp16=on accumulation=on");
  EXPECT_THAT(knobs.notes.at(0).text, HasSubstr("'accumulation' stands in no name alone"));
}

TEST(ConfigurationNames, names_that_come_out_the_same_are_kept_apart) {
  const auto knobs = read({"baseline", "f16", "compile", "fp16_plus_compile", "compile_and_f16"});
  EXPECT_EQ(settings(knobs, 3), "f16=on compile=on");
  EXPECT_EQ(settings(knobs, 4), "compile_and_f16=on");
  EXPECT_THAT(knobs.notes.at(0).text, HasSubstr("comes out as the same settings"));
}

TEST(ConfigurationNames, hostile_names_still_give_a_space_and_different_configurations) {
  const Names names{"",
                    "\xff\xfe",
                    "<img src=x>",
                    "a\nb",
                    "__",
                    "--",
                    std::string(5000, 'x'),
                    std::string(5001, 'x'),
                    "seed",
                    "+",
                    "and"};
  const auto knobs = read(names);
  std::set<std::vector<std::pair<std::string, std::string>>> different(knobs.settings.begin(),
                                                                       knobs.settings.end());
  EXPECT_EQ(different.size(), names.size());
}

TEST(ConfigurationNames, stated_parts_come_before_what_names_say) {
  Stated stated(4);
  stated[0].emplace();
  stated[2] = StatedKnobs{{}, {"fp16", "pin_memory"}};
  const auto knobs = read({"base", "fp16", "pin_memory", "fp16_plus_pin"}, stated);
  EXPECT_EQ(settings(knobs, 2), "fp16=on pin_memory=on");
  EXPECT_EQ(settings(knobs, 3), "fp16_plus_pin=on");  // else the same as the one before
}

TEST(ConfigurationNames, stated_values_are_against_the_baselines) {
  Stated stated(3);
  stated[0] = StatedKnobs{{{"Batch Size", "32"}, {"lr", "5e-5"}}, {}};
  stated[1] = StatedKnobs{{{"Batch Size", "64"}, {"lr", "5e-5"}}, {}};
  stated[2] = StatedKnobs{{{"Batch Size", "64"}, {"lr", "1e-5"}}, {}};
  const auto knobs = read({"a", "b", "c"}, stated);
  EXPECT_EQ(settings(knobs, 0), "");
  EXPECT_EQ(settings(knobs, 1), "batch_size=64");
  EXPECT_EQ(settings(knobs, 2), "batch_size=64 lr=1e-5");
}

TEST(BaselineName, it_is_the_only_name_that_says_so) {
  EXPECT_EQ(find_baseline(Names{"v1_lora", "v0_baseline"}, "").value().index, 1U);
  EXPECT_EQ(find_baseline(Names{"lora", "reference", "default_lora"}, "").value().index, 1U);
  EXPECT_EQ(find_baseline(Names{"v1", "v0"}, "").value().why, "the only name with \"v0\"");
  EXPECT_EQ(find_baseline(Names{"baseline", "b"}, "b").value().index, 1U);
}

TEST(BaselineName, otherwise_the_error_lists_the_names) {
  EXPECT_THAT(find_baseline(Names{"a", "b"}, "").error().message,
              AllOf(HasSubstr("--baseline NAME"), HasSubstr("'a', 'b'")));
  EXPECT_THAT(find_baseline(Names{"baseline_1", "baseline_2"}, "").error().message,
              HasSubstr("2 names hold \"baseline\""));
  EXPECT_THAT(find_baseline(Names{"v0_baseline", "v1_lora"}, "v0_basline").error().message,
              HasSubstr("did you mean 'v0_baseline'?"));
}

}  // namespace
}  // namespace turngreen::report
