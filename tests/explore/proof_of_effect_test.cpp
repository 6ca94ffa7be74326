#include "turngreen/explore/proof_of_effect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace turngreen::explore {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Told = std::vector<pipeline::EffectiveValue>;
using std::string_literals::operator""s;

knobs::Knob knob(std::string id, std::initializer_list<const char*> values) {
  knobs::Knob made;
  made.id = std::move(id);
  for (const auto* value : values) made.values.emplace_back(value);
  return made;
}

knobs::Space space() {
  auto power = knob("power_limit", {"off", "100", "150"});
  power.resource = knobs::Resource::power;
  return knobs::Space::build({power, knob("precision", {"fp32", "fp16", "bf16"}),
                              knob("attention", {"eager", "sdpa"}), knob("compile", {"off", "on"}),
                              knob("batch_size", {"128", "64"}), knob("lr", {"1e-5", "5e-5"}),
                              knob("loader", {"plain", "automatic"})})
      .value();
}

EffectVerdict prove(const knobs::Settings& asked, const Told& in_force, const Told& baseline = {}) {
  const auto all = space();
  return prove_effect(all, all.configuration(asked).value(), in_force, baseline);
}

knobs::Settings set(std::string knob, std::string value) {
  return {{std::move(knob), knobs::Value(std::move(value))}};
}

TEST(ProofOfEffect, names_a_power_limit_that_was_not_in_force) {
  const auto verdict = prove(set("power_limit", "100"), {{"power_limit", 214.0}});
  EXPECT_THAT(verdict.not_in_force, ElementsAre("asked power_limit=100, in force 214"));
  EXPECT_TRUE(verdict.contradicted());
  EXPECT_EQ(verdict.sentence(), "asked power_limit=100, in force 214");
  EXPECT_THAT(prove(set("power_limit", "100"), {{"power_limit", "off"s}}).not_in_force,
              ElementsAre("asked power_limit=100, in force off"));
}

TEST(ProofOfEffect, names_another_knob_that_moved_too) {
  const auto verdict =
      prove(set("precision", "fp16"), {{"precision", "fp16"s}, {"attention", "sdpa"s}},
            {{"precision", "fp32"s}, {"attention", "eager"s}});
  EXPECT_THAT(verdict.not_in_force, IsEmpty());
  EXPECT_THAT(verdict.also_moved,
              ElementsAre("precision=fp16 also turned attention from eager to sdpa"));
}

TEST(ProofOfEffect, names_a_value_that_no_knob_is_for) {
  const auto verdict = prove(set("compile", "on"), {{"compile", true}, {"scheduler", "cosine"s}},
                             {{"compile", false}, {"scheduler", "linear"s}});
  EXPECT_THAT(verdict.also_moved,
              ElementsAre("compile=on also turned scheduler from linear to cosine"));
}

TEST(ProofOfEffect, is_content_where_all_is_as_asked) {
  const Told baseline{{"attention", "eager"s}, {"layers", 22.0}};
  const auto verdict = prove(
      set("precision", "bf16"),
      {{"precision", "torch.bfloat16"s}, {"attention", "eager"s}, {"layers", 22.0}}, baseline);
  EXPECT_FALSE(verdict.contradicted());
  EXPECT_EQ(verdict.sentence(), "");
  EXPECT_THAT(verdict.not_told, IsEmpty());
}

TEST(ProofOfEffect, allows_readings_one_percent_and_settings_their_rounding) {
  EXPECT_FALSE(prove(set("power_limit", "100"), {{"power_limit", 99.2}}).contradicted());
  EXPECT_TRUE(prove(set("power_limit", "100"), {{"power_limit", 98.0}}).contradicted());
  EXPECT_FALSE(prove(set("lr", "5e-5"), {{"lr", 4.99999987e-5}}).contradicted());
  EXPECT_TRUE(prove(set("batch_size", "64"), {{"batch_size", 65.0}}).contradicted());
  const auto clock = [](double mhz) {
    return prove(set("compile", "on"), {{"sm_clock", mhz}}, {{"sm_clock", 1980.0}}).contradicted();
  };
  EXPECT_FALSE(clock(1975));
  EXPECT_TRUE(clock(1500));
}

TEST(ProofOfEffect, understands_a_switch_in_every_form) {
  for (const Told& told : {Told{{"compile", true}}, Told{{"compile", "Yes"s}},
                           Told{{"compile", 1.0}}, Told{{"compile", "enabled"s}}}) {
    EXPECT_FALSE(prove(set("compile", "on"), told).contradicted());
  }
  for (const Told& told :
       {Told{{"compile", false}}, Told{{"compile", 0.0}}, Told{{"compile", "none"s}}}) {
    EXPECT_TRUE(prove(set("compile", "on"), told).contradicted());
  }
}

TEST(ProofOfEffect, tells_which_knobs_nothing_was_read_back_of) {
  EXPECT_THAT(prove(set("precision", "fp16"), {}).not_told, ElementsAre("precision"));
  EXPECT_FALSE(prove(set("precision", "fp16"), {}).contradicted());
}

TEST(ProofOfEffect, holds_the_baseline_to_its_off_values) {
  EXPECT_THAT(prove({}, {{"precision", "fp16"s}}).not_in_force,
              ElementsAre("asked precision=fp32, in force fp16"));
  EXPECT_THAT(prove({}, {{"compile", true}}).not_in_force,
              ElementsAre("asked compile=off, in force on"));
  EXPECT_FALSE(prove({}, {{"power_limit", 250.0}}).contradicted())
      << "without a limit the device's own is in force";
}

TEST(ProofOfEffect, cannot_compare_a_word_with_the_number_it_came_to) {
  EXPECT_FALSE(prove(set("loader", "automatic"), {{"loader", 8.0}}).contradicted());
}

TEST(ProofOfEffect, takes_the_last_value_told) {
  EXPECT_FALSE(prove(set("precision", "fp16"), {{"precision", "fp32"s}, {"precision", "fp16"s}})
                   .contradicted());
}

}  // namespace
}  // namespace turngreen::explore
