#include "prediction_lines.h"

#include <gtest/gtest.h>

#include <limits>

namespace turngreen::engine {
namespace {

using checkpoint::Problem;

std::string line(const PredictionFormat& format, const std::vector<float>& logits) {
  std::string text;
  PredictionLines(format).append(text, 7, logits);
  return text;
}

TEST(PredictionLines, name_the_most_probable_class) {
  EXPECT_EQ(line({{Problem::single_label, {"no", "say \"yes\""}}, {}, false}, {0, 0}),
            "{\"row\": 7, \"label\": \"no\", \"scores\": [0.5, 0.5]}\n");
  EXPECT_EQ(line({{Problem::single_label, {"no", "say \"yes\""}}, 0.5, true}, {0, 0}),
            "{\"row\": 7, \"label\": \"say \\\"yes\\\"\", \"scores\": [0.5, 0.5], "
            "\"logits\": [0, 0]}\n");
}

TEST(PredictionLines, list_the_labels_of_several) {
  EXPECT_EQ(
      line({{Problem::multi_label, {"a", "b", "c"}}, {}, false}, {0, -100, 0}),
      "{\"row\": 7, \"label\": [\"a\", \"c\"], \"scores\": [0.5, 3.720075976020836e-44, 0.5]}\n");
  EXPECT_EQ(line({{Problem::multi_label, {"a"}}, 0.6, false}, {0}),
            "{\"row\": 7, \"label\": [], \"scores\": [0.5]}\n");
}

TEST(PredictionLines, give_the_values_of_a_regression) {
  EXPECT_EQ(line({{Problem::regression, {"x"}}, {}, false}, {1.5F}),
            "{\"row\": 7, \"label\": 1.5, \"scores\": [1.5]}\n");
  EXPECT_EQ(line({{Problem::regression, {"x", "y"}}, {}, false}, {1.5F, -2}),
            "{\"row\": 7, \"label\": [1.5, -2], \"scores\": [1.5, -2]}\n");
}

TEST(PredictionLines, have_null_for_what_is_no_number) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(line({{Problem::single_label, {"no", "yes"}}, {}, true}, {nan, 1}),
            "{\"row\": 7, \"label\": null, \"scores\": [null, null], \"logits\": [null, 1]}\n");
}

}  // namespace
}  // namespace turngreen::engine
