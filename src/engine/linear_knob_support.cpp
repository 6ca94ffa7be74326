#include "linear_knob_support.h"

namespace turngreen::engine {
namespace {

constexpr const char* kFamily = "model_family: hashed_linear";

}  // namespace

KnobSupport model_family_support(std::string_view why_no_transformer) {
  KnobSupport support{.id = "model_family", .of_training_alone = true};
  support.values = {{.value = "transformer", .why = std::string(why_no_transformer)},
                    {.value = "hashed_linear"}};
  return support;
}

KnobSupport ngrams_support() {
  KnobSupport support{.id = "ngrams", .of_training_alone = true};
  support.values = {{"words"}, {"characters"}, {"both"}};
  support.needs = kFamily;
  return support;
}

KnobSupport l2_support() {
  KnobSupport support{.id = "l2", .of_training_alone = true};
  support.least = 1e-6;
  support.most = 1e6;
  support.needs = kFamily;
  return support;
}

}  // namespace turngreen::engine
