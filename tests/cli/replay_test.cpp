#include "cli/replay.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "cli/fake_machine.h"
#include "cli/turngreen_process.h"

namespace turngreen::cli {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class ReplayCommand : public testing::Test {
 protected:
  void SetUp() override {
    machine.add_package(1'000'000);
    const Finished finished = run_turngreen(machine.arguments(
        "measure", {"-q", "--record", recording(), "--json", file("measured.json"), "--carbon",
                    "100", "--", "sh", "-c", "echo 3000000 > " + machine.energy_file()}));
    ASSERT_EQ(finished.status, 0) << finished.err;
  }
  std::string file(const std::string& name) const { return (machine / name).string(); }
  std::string recording() const { return file("run.tgr"); }
  FakeMachine machine;
};

TEST_F(ReplayCommand, it_gives_the_same_document_byte_for_byte) {
  const Finished finished = run_turngreen({"replay", recording(), "-q", "--json", "-"});
  EXPECT_EQ(finished.status, 0) << finished.err;
  EXPECT_EQ(finished.out, report::content_of(file("measured.json")));
}

TEST_F(ReplayCommand, carbon_may_be_given_anew) {
  const Finished finished =
      run_turngreen({"replay", recording(), "-q", "--json", "-", "--carbon", "200"});
  const double before = json::parse(report::content_of(file("measured.json")))["carbon"]["grams"];
  EXPECT_DOUBLE_EQ(json::parse(finished.out)["carbon"]["grams"].get<double>(), 2 * before);
}

TEST_F(ReplayCommand, it_prints_the_table) {
  EXPECT_THAT(run_turngreen({"replay", recording()}).err, HasSubstr("package-0"));
}

TEST_F(ReplayCommand, a_file_that_is_no_recording_is_a_failure_that_names_it) {
  report::write_file(file("nonsense"), "nonsense");
  const Finished finished = run_turngreen({"replay", file("nonsense")});
  EXPECT_EQ(finished.status, 1);
  EXPECT_THAT(finished.err, HasSubstr(file("nonsense")));
}

TEST_F(ReplayCommand, a_recording_cut_short_is_said_and_has_no_exit_status) {
  const std::string whole = report::content_of(recording());
  report::write_file(file("cut.tgr"), whole.substr(0, whole.size() / 2));
  const Finished finished = run_turngreen({"replay", file("cut.tgr"), "-q", "--json", "-"});
  ASSERT_EQ(finished.status, 0) << finished.err;
  EXPECT_THAT(finished.err, HasSubstr("ends before its run did"));
  EXPECT_TRUE(json::parse(finished.out)["exit_status"].is_null());
}

TEST_F(ReplayCommand, a_missing_file_name_is_wrong_usage) {
  EXPECT_EQ(run_turngreen({"replay"}).status, 2);
}

}  // namespace
}  // namespace turngreen::cli
