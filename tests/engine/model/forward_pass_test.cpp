#include "model/forward_pass.h"

#include <ATen/ops/ones.h>
#include <gtest/gtest.h>

#include "small_batch.h"
#include "tensor_values.h"

namespace turngreen::model {
namespace {

checkpoint::Dropouts dropouts_with(const ForwardOptions& options) {
  checkpoint::Architecture architecture;
  architecture.layers.resize(1);
  architecture.dropouts = {
      .embedding = 0.1, .attention = 0.2, .hidden = 0.3, .mlp = 0.4, .classifier = 0.5};
  return ForwardPass(batch_of_lengths({2}, Layout::packed), architecture, options).dropout;
}

TEST(ForwardPass, drops_nothing_outside_training) {
  EXPECT_EQ(dropouts_with({}), checkpoint::Dropouts());
  ForwardOptions options;
  options.dropout = 0.5;
  EXPECT_EQ(dropouts_with(options), checkpoint::Dropouts());
}

TEST(ForwardPass, drops_as_the_config_says_in_training) {
  ForwardOptions options;
  options.training = true;
  EXPECT_EQ(dropouts_with(options).mlp, 0.4);
}

TEST(ForwardPass, drops_everywhere_as_it_is_told) {
  ForwardOptions options;
  options.training = true;
  options.dropout = 0;
  EXPECT_EQ(dropouts_with(options), checkpoint::Dropouts());
  options.dropout = 0.25;
  EXPECT_EQ(dropouts_with(options).embedding, 0.25);
  EXPECT_EQ(dropouts_with(options).classifier, 0.25);
}

TEST(DroppedOut, scales_what_is_left) {
  const auto values = values_of<float>(dropped_out(at::ones({1000}), 0.75));
  for (const float value : values) EXPECT_TRUE(value == 0 || value == 4) << value;
}

}  // namespace
}  // namespace turngreen::model
