#include "turngreen/knobs/catalogue.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "turngreen/knobs/space.h"

namespace turngreen::knobs {
namespace {

TEST(Catalogue, is_a_space_without_faults) {
  const auto rows = catalogue();
  const auto space = Space::build({rows.begin(), rows.end()});
  EXPECT_TRUE(space) << space.error().message;
}

TEST(Catalogue, has_every_knob_of_every_phase_once_and_in_the_order_of_phases) {
  std::set<std::string> ids;
  std::set<Phase> phases;
  for (const Knob& knob : catalogue()) {
    EXPECT_TRUE(ids.insert(knob.id).second) << knob.id;
    phases.insert(knob.phase);
    EXPECT_EQ(find_in_catalogue(knob.id), &knob);
  }
  EXPECT_EQ(phases.size(), kPhases.size());
  EXPECT_TRUE(std::ranges::is_sorted(catalogue(), {}, &Knob::phase));
  EXPECT_EQ(find_in_catalogue("max_lenght"), nullptr);
}

TEST(Catalogue, every_knob_says_what_it_is_and_what_it_relieves) {
  for (const Knob& knob : catalogue()) {
    EXPECT_FALSE(knob.description.empty()) << knob.id;
    EXPECT_TRUE(knob.description.ends_with('.')) << knob.id;
    EXPECT_TRUE(knob.resource) << knob.id;
    EXPECT_GE(knob.values.size(), 2u) << knob.id;
  }
}

TEST(Catalogue, no_number_stands_without_its_source_and_no_source_without_a_number) {
  for (const Knob& knob : catalogue()) {
    const bool number =
        std::ranges::any_of(knob.expected, [](const auto& e) { return e.has_value(); });
    EXPECT_EQ(number, !knob.source.empty()) << knob.id;
  }
}

TEST(Catalogue, the_off_value_has_no_factor_of_its_own) {
  for (const Knob& knob : catalogue()) {
    EXPECT_TRUE(knob.expected.empty() || !knob.expected[knob.off]) << knob.id;
  }
}

TEST(Catalogue, a_saving_of_up_to_a_half_reaches_from_a_half_to_none) {
  const Knob& batching = *find_in_catalogue("batching");
  const Expectation packed = *batching.expected.back();
  EXPECT_NEAR(packed.energy_factor * std::exp(packed.log_spread), 1, 1e-12);
  EXPECT_NEAR(packed.energy_factor * std::exp(-packed.log_spread), 0.5, 1e-12);
}

}  // namespace
}  // namespace turngreen::knobs
