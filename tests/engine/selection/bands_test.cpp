#include "bands.h"

#include <gmock/gmock.h>

#include "turngreen/engine/selection/min_hash.h"

namespace turngreen::selection {
namespace {

// What datasketch 2.0.0 chooses: datasketch.lsh._optimal_param(threshold, 128, 0.5, 0.5).
TEST(Bands, are_those_of_datasketch) {
  EXPECT_EQ(bands_for(0.3), (Bands{37, 3}));
  EXPECT_EQ(bands_for(0.5), (Bands{25, 5}));
  EXPECT_EQ(bands_for(0.6), (Bands{18, 7}));
  EXPECT_EQ(bands_for(0.7), (Bands{14, 9}));
  EXPECT_EQ(bands_for(0.8), (Bands{9, 13}));
  EXPECT_EQ(bands_for(0.85), (Bands{8, 16}));
  EXPECT_EQ(bands_for(0.9), (Bands{5, 25}));
  EXPECT_EQ(bands_for(0.95), (Bands{3, 42}));
}

TEST(Bands, fit_into_a_signature_at_the_ends_of_the_range_too) {
  for (const double threshold : {1e-6, 1.0}) {
    const Bands bands = bands_for(threshold);
    EXPECT_GE(bands.count, 1U);
    EXPECT_GE(bands.places, 1U);
    EXPECT_LE(bands.count * bands.places, kPermutations);
  }
}

}  // namespace
}  // namespace turngreen::selection
