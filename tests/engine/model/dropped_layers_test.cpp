#include "model/dropped_layers.h"

#include <gmock/gmock.h>

namespace turngreen::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::size_t> kept(checkpoint::Family family, const DroppedLayers& dropped) {
  checkpoint::Architecture architecture;
  architecture.family = family;
  architecture.layers.resize(5);
  return kept_layers(architecture, dropped).value();
}

TEST(DroppedLayers, are_those_next_to_the_head_when_taken_from_the_top) {
  EXPECT_THAT(kept(checkpoint::Family::bert, {2, LayerEnd::top}), ElementsAre(0, 1, 2));
  EXPECT_THAT(kept(checkpoint::Family::modernbert, {4, LayerEnd::top}), ElementsAre(0));
}

TEST(DroppedLayers, are_those_next_to_the_embeddings_when_taken_from_the_bottom) {
  EXPECT_THAT(kept(checkpoint::Family::bert, {2, LayerEnd::bottom}), ElementsAre(2, 3, 4));
}

TEST(DroppedLayers, are_never_the_first_of_modernbert_which_has_no_norm_before_its_attention) {
  EXPECT_THAT(kept(checkpoint::Family::modernbert, {2, LayerEnd::bottom}), ElementsAre(0, 3, 4));
  EXPECT_THAT(kept(checkpoint::Family::modernbert, {4, LayerEnd::bottom}), ElementsAre(0));
}

TEST(DroppedLayers, are_none_unless_asked_for) {
  EXPECT_THAT(kept(checkpoint::Family::bert, {}), ElementsAre(0, 1, 2, 3, 4));
}

TEST(DroppedLayers, leave_one_at_least) {
  checkpoint::Architecture architecture;
  architecture.layers.resize(5);
  for (const std::int64_t count : {5, 9, -1}) {
    const auto none = kept_layers(architecture, {count, LayerEnd::top});
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, AllOf(HasSubstr("5 layers"), HasSubstr("0 to 4")));
  }
}

}  // namespace
}  // namespace turngreen::model
