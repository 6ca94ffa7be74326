#include "model/token_batch.h"

#include <gmock/gmock.h>

#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

using testing::ElementsAre;

const data::Examples kExamples = examples_of({{5, 6, 7}, {8}, {9, 10}});

TEST(TokenBatch, fills_padded_rows_up_at_the_right) {
  BatchOptions options;
  options.pad_id = 3;
  const TokenBatch batch = batch_of(kExamples, options);
  EXPECT_EQ(batch.ids.sizes(), (std::vector<std::int64_t>{3, 3}));
  EXPECT_THAT(values_of<std::int64_t>(batch.ids), ElementsAre(5, 6, 7, 8, 3, 3, 9, 10, 3));
  EXPECT_THAT(values_of<std::int64_t>(batch.mask), ElementsAre(1, 1, 1, 1, 0, 0, 1, 1, 0));
  EXPECT_THAT(batch.starts, ElementsAre(0, 3, 4, 6));
  EXPECT_EQ(batch.computed_tokens(), 9);
  EXPECT_EQ(batch.real_tokens(), 6);
}

TEST(TokenBatch, pads_to_a_given_length_but_never_cuts) {
  BatchOptions options;
  options.pad_to = 5;
  EXPECT_EQ(batch_of(kExamples, options).ids.size(1), 5);
  options.pad_to = 2;
  EXPECT_EQ(batch_of(kExamples, options).ids.size(1), 3);
}

TEST(TokenBatch, packs_sequences_head_to_tail_in_the_order_chosen) {
  BatchOptions options;
  options.layout = Layout::packed;
  const std::vector<std::int64_t> chosen = {2, 0};
  const TokenBatch batch = make_batch(kExamples, chosen, options);
  EXPECT_THAT(values_of<std::int64_t>(batch.ids), ElementsAre(9, 10, 5, 6, 7));
  EXPECT_THAT(batch.starts, ElementsAre(0, 2, 5));
  EXPECT_FALSE(batch.mask.defined());
}

TEST(TokenBatch, makes_one_pad_token_of_an_example_without_tokens) {
  for (const Layout layout : {Layout::padded, Layout::packed}) {
    BatchOptions options;
    options.layout = layout;
    options.pad_id = 3;
    const TokenBatch batch = batch_of(examples_of({{}, {4}}), options);
    EXPECT_THAT(values_of<std::int64_t>(batch.ids), ElementsAre(3, 4));
    EXPECT_THAT(batch.starts, ElementsAre(0, 1, 2));
  }
}

TEST(TokenBatch, counts_positions_from_the_start_of_each_sequence) {
  EXPECT_THAT(values_of<std::int64_t>(positions_of(batch_of_lengths({3, 1}, Layout::padded))),
              ElementsAre(0, 1, 2, 0, 1, 2));
  EXPECT_THAT(values_of<std::int64_t>(positions_of(batch_of_lengths({3, 1, 2}, Layout::packed))),
              ElementsAre(0, 1, 2, 0, 0, 1));
}

}  // namespace
}  // namespace turngreen::model
