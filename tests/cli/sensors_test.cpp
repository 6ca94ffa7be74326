#include "cli/sensors.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "cli/fake_machine.h"
#include "cli/schema_texts.h"
#include "cli/turngreen_process.h"
#include "report/json_schema_check.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

TEST(SensorsCommand, a_package_of_a_fake_tree_is_listed_with_its_path) {
  FakeMachine machine;
  machine.add_package(1'000'000);
  const Finished finished = run_turngreen(machine.arguments("sensors"));
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("package-0"));
  EXPECT_THAT(finished.out, HasSubstr("RAPL (powercap)"));
  EXPECT_THAT(finished.out, HasSubstr("intel-rapl:0"));
}

TEST(SensorsCommand, the_document_is_of_its_schema) {
  FakeMachine machine;
  machine.add_package(1'000'000);
  const Finished finished = run_turngreen(machine.arguments("sensors", {"--json"}));
  ASSERT_EQ(finished.status, 0) << finished.err;
  const json document = json::parse(finished.out);
  for (const auto& schema : schema_texts()) {
    if (schema.name == "sensors") {
      EXPECT_EQ(report::schema_fault(document, json::parse(schema.text)), "");
    }
  }
  EXPECT_EQ(document["domains"][0]["source"], "rapl_powercap");
  EXPECT_EQ(document["domains"][0]["observed"]["changes"], 0);
}

TEST(SensorsCommand, without_a_probe_nothing_is_observed) {
  FakeMachine machine;
  machine.add_package(1'000'000);
  const Finished finished = run_turngreen(machine.arguments("sensors", {"--json", "--no-probe"}));
  EXPECT_TRUE(json::parse(finished.out)["domains"][0]["observed"].is_null());
}

TEST(SensorsCommand, what_would_be_estimated_comes_with_its_basis) {
  FakeMachine machine;
  const Finished finished = run_turngreen(machine.arguments("sensors", {"--no-probe"}));
  EXPECT_THAT(finished.out, HasSubstr("Estimated, not measured"));
}

TEST(SensorsCommand, a_machine_with_nothing_is_a_failure_that_says_so) {
  FakeMachine machine;
  const Finished finished = run_turngreen(machine.arguments("sensors", {}, "/nonexistent"));
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.out, HasSubstr("No sensor was found"));
}

TEST(SensorsCommand, probe_and_no_probe_exclude_each_other) {
  EXPECT_EQ(run_turngreen({"sensors", "--probe", "--no-probe"}).status, 2);
}

}  // namespace
}  // namespace turngreen::cli
