#include "energy/visible_gpus.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace turngreen::energy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::vector<GpuIdentity> kTwoAlike{{0, "GPU-aa11", "A100"}, {1, "GPU-aa22", "A100"}};

std::optional<std::string> no_parent(const std::string&) { return std::nullopt; }

std::vector<unsigned> selected(const VisibleGpus& visible) {
  std::vector<unsigned> indices;
  for (const auto& gpu : visible.gpus) indices.push_back(gpu.index);
  return indices;
}

std::vector<unsigned> select(const std::optional<std::string>& list) {
  return selected(select_visible_gpus(kTwoAlike, list, no_parent));
}

TEST(VisibleGpus, all_are_visible_where_the_variable_is_not_set) {
  EXPECT_THAT(select(std::nullopt), ElementsAre(0U, 1U));
}

TEST(VisibleGpus, none_is_where_it_is_empty) { EXPECT_THAT(select(""), IsEmpty()); }

TEST(VisibleGpus, indices_select_once_and_in_the_machines_order) {
  EXPECT_THAT(select("1, 0,1"), ElementsAre(0U, 1U));
  EXPECT_THAT(select("1"), ElementsAre(1U));
}

TEST(VisibleGpus, the_list_ends_at_minus_one_without_a_note) {
  const auto visible = select_visible_gpus(kTwoAlike, "0,-1,1", no_parent);
  EXPECT_THAT(selected(visible), ElementsAre(0U));
  EXPECT_THAT(visible.notes, IsEmpty());
}

TEST(VisibleGpus, the_list_ends_at_an_index_that_is_not_there_and_a_note_says_so) {
  const auto visible = select_visible_gpus(kTwoAlike, "0,7,1", no_parent);
  EXPECT_THAT(selected(visible), ElementsAre(0U));
  EXPECT_THAT(visible.notes, ElementsAre(HasSubstr("\"7\" names no GPU")));
}

TEST(VisibleGpus, words_that_are_no_gpu_select_nothing) {
  EXPECT_THAT(select("NoDevFiles"), IsEmpty());
  EXPECT_THAT(select("1x"), IsEmpty());
  EXPECT_THAT(select(","), IsEmpty());
}

TEST(VisibleGpus, a_uuid_or_its_beginning_selects_if_it_fits_one_gpu_only) {
  EXPECT_THAT(select("GPU-aa22"), ElementsAre(1U));
  EXPECT_THAT(select("GPU-aa2"), ElementsAre(1U));
  EXPECT_THAT(select("GPU-aa"), IsEmpty());
  EXPECT_THAT(select("GPU-bb"), IsEmpty());
}

TEST(VisibleGpus, an_old_style_mig_name_holds_its_gpus_uuid) {
  EXPECT_THAT(select("MIG-GPU-aa22/3/0"), ElementsAre(1U));
}

TEST(VisibleGpus, a_new_style_mig_name_is_looked_up) {
  const auto parent = [](const std::string& slice) -> std::optional<std::string> {
    if (slice == "MIG-77") return "GPU-aa11";
    return std::nullopt;
  };
  EXPECT_THAT(selected(select_visible_gpus(kTwoAlike, "MIG-77", parent)), ElementsAre(0U));
  EXPECT_THAT(selected(select_visible_gpus(kTwoAlike, "MIG-78", parent)), IsEmpty());
}

TEST(VisibleGpus, indices_among_gpus_of_different_kinds_are_noted_as_ambiguous) {
  const std::vector<GpuIdentity> mixed{{0, "GPU-a", "T4"}, {1, "GPU-b", "A100"}};
  EXPECT_THAT(select_visible_gpus(mixed, "1", no_parent).notes,
              ElementsAre(HasSubstr("CUDA_DEVICE_ORDER=PCI_BUS_ID")));
  EXPECT_THAT(select_visible_gpus(mixed, "GPU-b", no_parent).notes, IsEmpty());
}

}  // namespace
}  // namespace turngreen::energy
