#include <gmock/gmock.h>

#include "turngreen/pipeline/engine_pipeline.h"

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FindEngine, looks_beside_the_program_then_along_PATH) {
  EXPECT_THAT(engine_places("/opt/bin/turngreen", "/usr/bin::/bin"),
              ElementsAre("/opt/bin/turngreen-engine", "/usr/bin/turngreen-engine",
                          "/bin/turngreen-engine"));
  EXPECT_THAT(engine_places("", ""), IsEmpty());
}

}  // namespace
}  // namespace turngreen::pipeline
