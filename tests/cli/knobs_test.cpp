#include "cli/knobs.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/turngreen_process.h"
#include "turngreen/knobs/catalogue.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(Knobs, lists_every_knob) {
  const auto listed = run_turngreen({"knobs"});
  EXPECT_EQ(listed.status, 0);
  for (const auto& knob : knobs::catalogue()) EXPECT_THAT(listed.out, HasSubstr(knob.id));
}

TEST(Knobs, one_knob_comes_with_its_conditions_numbers_and_source) {
  const auto shown = run_turngreen({"knobs", "dropped_from"});
  EXPECT_THAT(shown.out, HasSubstr("requires   layers_dropped: 4, 8, 12, 16, 20"));
  EXPECT_THAT(shown.out, HasSubstr("Nothing about its energy"));
  const auto length = run_turngreen({"knobs", "max_length"});
  EXPECT_THAT(length.out, HasSubstr("0.530"));
  EXPECT_THAT(length.out, HasSubstr("arXiv:2506.18289"));
}

TEST(Knobs, json_holds_the_whole_catalogue) {
  const json all = json::parse(run_turngreen({"knobs", "--json"}).out);
  EXPECT_EQ(all["knobs"].size(), knobs::catalogue().size());
  const json one = json::parse(run_turngreen({"knobs", "--json", "precision"}).out);
  ASSERT_EQ(one["knobs"].size(), 1u);
  EXPECT_EQ(one["knobs"][0]["off"], "fp32");
  EXPECT_EQ(one["knobs"][0]["expected"]["fp16"]["factor"], 0.797);
}

TEST(Knobs, an_unknown_name_gets_the_nearest) {
  const auto unknown = run_turngreen({"knobs", "max_lenght"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("did you mean max_length?"));
}

}  // namespace
}  // namespace turngreen::cli
