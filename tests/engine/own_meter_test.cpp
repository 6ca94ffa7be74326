#include "own_meter.h"

#include <gmock/gmock.h>

#include <cstdlib>

namespace turngreen::engine {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using units::joules;

TEST(OwnMeter, leaves_metering_to_a_parent_that_does) {
  ::setenv("TURNGREEN_RUN_FD", "3", 1);
  const OwnMeter meter;
  ::unsetenv("TURNGREEN_RUN_FD");
  EXPECT_FALSE(meter.so_far());
}

TEST(EnergySpent, says_how_much_of_it_is_estimated) {
  const units::Bounded<units::Energy> energy{joules(100), joules(90), joules(120)};
  EXPECT_THAT(to_text({energy, joules(0)}), Not(HasSubstr("estimated")));
  EXPECT_THAT(to_text({energy, joules(100)}), EndsWith(", estimated"));
  EXPECT_THAT(to_text({energy, joules(25)}), EndsWith(", of which 25.00 J estimated"));
  EXPECT_THAT(to_text({energy, joules(25)}), HasSubstr("90.0 .. 120.0"));
}

}  // namespace
}  // namespace turngreen::engine
