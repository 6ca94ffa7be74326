#include "energy/stage_tree.h"

#include <gtest/gtest.h>

#include "energy/scripted_sensor.h"

namespace turngreen::energy {
namespace {

using units::seconds;

class Tree : public testing::Test {
 protected:
  void open(std::uint64_t span, std::uint32_t stage, double when, std::uint64_t track = 1,
            std::uint64_t parent = 0) {
    apply({Mark::Kind::open, StageId{stage}, SpanId{span}, SpanId{parent}, TrackId{track},
           at(seconds(when))});
  }
  void close(std::uint64_t span, double when) {
    apply({Mark::Kind::close, StageId{}, SpanId{span}, SpanId{}, TrackId{}, at(seconds(when))});
  }
  void apply(const Mark& mark) {
    std::vector<StageTree::Change> changes;
    tree_.apply(mark, mark.time, changes);
    for (const auto& change : changes) tree_.change(change);
  }
  StageTree tree_;
};

TEST_F(Tree, only_the_innermost_span_of_a_track_is_active) {
  open(1, 10, 0);
  open(2, 20, 1);
  EXPECT_EQ(tree_.active(), 1U);
  EXPECT_EQ(tree_.nodes()[0].active, 0U);
  EXPECT_EQ(tree_.nodes()[0].active_within, 1U);
  EXPECT_EQ(tree_.nodes()[1].active, 1U);
  close(2, 2);
  EXPECT_EQ(tree_.nodes()[0].active, 1U);
}

TEST_F(Tree, tracks_are_active_side_by_side) {
  open(1, 10, 0, 1);
  open(2, 10, 0, 2);
  EXPECT_EQ(tree_.active(), 2U);
  EXPECT_EQ(tree_.nodes().size(), 1U);
  EXPECT_EQ(tree_.nodes()[0].active, 2U);
}

TEST_F(Tree, a_span_rests_while_one_within_it_is_open_on_another_track) {
  open(1, 10, 0, 1);
  open(2, 20, 0, 2, 1);
  open(3, 20, 0, 3, 1);
  EXPECT_EQ(tree_.nodes()[1].parent, 0);
  EXPECT_EQ(tree_.active(), 2U);
  EXPECT_EQ(tree_.nodes()[0].active, 0U);
  EXPECT_EQ(tree_.nodes()[0].active_within, 2U);
  close(2, 1);
  EXPECT_EQ(tree_.nodes()[0].active, 0U);
  close(3, 2);
  EXPECT_EQ(tree_.nodes()[0].active, 1U);
}

TEST_F(Tree, closing_a_parent_leaves_its_children_on_other_tracks_running) {
  open(1, 10, 0, 1);
  open(2, 20, 0, 1);
  open(3, 30, 0, 2, 2);
  close(2, 1);
  EXPECT_EQ(tree_.active(), 1U);
  EXPECT_EQ(tree_.nodes()[0].active, 0U);
  close(1, 2);
  EXPECT_EQ(tree_.active(), 1U);
  close(3, 3);
  EXPECT_EQ(tree_.active(), 0U);
}

TEST_F(Tree, the_same_stage_under_two_parents_is_two_nodes) {
  open(1, 10, 0);
  open(2, 30, 0);
  close(2, 1);
  close(1, 1);
  open(3, 20, 2);
  open(4, 30, 2);
  EXPECT_EQ(tree_.nodes().size(), 4U);
}

TEST_F(Tree, closing_an_outer_span_first_moves_what_is_inside_outwards) {
  open(1, 10, 0);
  open(2, 20, 1);
  open(3, 30, 1);
  close(1, 2);
  EXPECT_EQ(tree_.active(), 1U);
  const auto times = tree_.times(at(seconds(3)));
  EXPECT_EQ(times[0], seconds(2));
  close(3, 3);
  close(2, 3);
  EXPECT_EQ(tree_.active(), 0U);
  EXPECT_EQ(tree_.trouble().unmatched_closes, 0U);
}

TEST_F(Tree, spans_nested_too_deep_count_towards_what_is_around_them) {
  for (std::uint64_t i = 1; i <= 100'000; ++i) open(i, static_cast<std::uint32_t>(i % 7), 0);
  EXPECT_GT(tree_.trouble().too_many, 0U);
  EXPECT_EQ(tree_.active(), 1U);
  for (std::uint64_t i = 1; i <= 100'000; ++i) close(i, 1);  // outermost first: the worst order
  EXPECT_EQ(tree_.active(), 0U);
}

TEST_F(Tree, a_close_without_an_open_is_counted_as_trouble) {
  close(99, 0);
  EXPECT_EQ(tree_.trouble().unmatched_closes, 1U);
}

}  // namespace
}  // namespace turngreen::energy
