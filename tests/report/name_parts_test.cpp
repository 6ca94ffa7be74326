#include "report/name_parts.h"

#include <gmock/gmock.h>

namespace turngreen::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(NameParts, the_number_before_a_name_is_left_out_and_bundles_are_parted) {
  EXPECT_TRUE(has_index("v12_lora"));
  EXPECT_TRUE(has_index("V3-lora"));
  EXPECT_TRUE(has_index("03_lora"));
  EXPECT_FALSE(has_index("vgg16_small"));
  EXPECT_FALSE(has_index("8bit_adam"));
  EXPECT_THAT(name_parts("v27_torch_compile_plus_fp16", true),
              ElementsAre(NameWords{"torch", "compile"}, NameWords{"fp16"}));
  EXPECT_THAT(name_parts("LoRA+fp16 and seq-len", false),
              ElementsAre(NameWords{"lora"}, NameWords{"fp16"}, NameWords{"seq", "len"}));
  EXPECT_THAT(name_parts("surplus_band", false), ElementsAre(NameWords{"surplus", "band"}));
  EXPECT_THAT(name_parts("+", false), IsEmpty());
}

TEST(NameParts, a_part_may_be_short_for_words_that_begin_alike) {
  const auto may = [](const char* part, const char* whole) {
    return may_stand_for(words_of(part), words_of(whole));
  };
  EXPECT_TRUE(may("seq_lngth", "sequence_length_trimming"));
  EXPECT_TRUE(may("grad_cpting", "gradient_checkpointing"));
  EXPECT_TRUE(may("checkpointing", "gradient_checkpointing"));
  EXPECT_TRUE(may("fp16", "f16"));
  EXPECT_TRUE(may("pin_memory", "dataloader_pin_memory"));
  EXPECT_FALSE(may("gradient_accumulation", "gradient_checkpointing"));
  EXPECT_FALSE(may("fp16", "fp32"));
  EXPECT_FALSE(may("layer_pruning_4", "layer_pruning_8"));
  EXPECT_FALSE(may("sequence_length_trimming", "seq"));
  EXPECT_FALSE(may("lora_lora", "lora_peft"));
}

TEST(NameParts, words_become_the_name_of_a_knob_that_a_study_file_takes) {
  EXPECT_EQ(knob_id({"layer", "pruning", "4"}), "layer_pruning_4");
  EXPECT_EQ(knob_id({"4bit"}), "_4bit");
  EXPECT_EQ(knob_id({"caf\xc3\xa9"}), "caf__");
  EXPECT_EQ(knob_id({"seed"}), "_seed");
  EXPECT_EQ(knob_id({std::string(100, 'a')}).size(), 64U);
}

}  // namespace
}  // namespace turngreen::report
