#include "turngreen/pipeline/table_pipeline.h"

#include <gmock/gmock.h>

#include <chrono>
#include <map>
#include <set>
#include <string>

#include "energy/fake_sysfs.h"

namespace turngreen::pipeline {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using units::joules;
using units::seconds;

knobs::Knob knob(std::string id, std::initializer_list<const char*> values) {
  knobs::Knob made{.id = std::move(id)};
  for (const char* value : values) made.values.emplace_back(value);
  return made;
}

knobs::Space two_knobs() {
  return knobs::Space::build({knob("lr", {"5e-5", "1e-5"}), knob("width", {"8", "4"})}).value();
}

TableDescription in(const std::filesystem::path& file) {
  return {.file = file,
          .stages = {{"train", "train_j"}, {"evaluate", "evaluate_j"}},
          .seconds = {{"train", "train_s"}},
          .quality = {{"macro_f1", "f1"}},
          .fidelity = {}};
}

/// A table in a file of its own, opened.
class Table {
 public:
  explicit Table(const std::string& csv, std::string fidelity = {},
                 const knobs::Space& space = two_knobs()) {
    folder_.write("t.csv", csv);
    auto description = in(folder_.root() / "t.csv");
    description.fidelity = std::move(fidelity);
    opened_ = TablePipeline::open(description, space);
  }
  TablePipeline& pipeline() { return *opened_.value(); }
  std::string fault() const { return opened_ ? "none" : opened_.error().message; }
  Outcome run(std::initializer_list<int> levels, double fidelity = 1, std::uint64_t seed = 0) {
    RunRequest request;
    for (const int level : levels) {
      request.configuration.levels.push_back(static_cast<knobs::Level>(level));
    }
    request.fidelity = fidelity;
    request.seed = seed;
    return pipeline().run(request);
  }

 private:
  energy::FakeSysfs folder_;
  Result<std::unique_ptr<TablePipeline>> opened_ = fail(Error::Kind::io, "not opened");
};

constexpr const char* kHeader = "lr,width,train_j,evaluate_j,train_s,f1\n";

std::string table(const std::string& rows) { return kHeader + rows; }

TEST(TablePipeline, a_row_gives_its_stages_in_the_order_of_the_description_with_exact_joules) {
  Table t(table("5e-5,8,100,20,7,0.9\n1e-5,4,50,10,3,0.8\n"));
  const auto outcome = t.run({1, 1});
  EXPECT_EQ(outcome.ending, Ending::completed);
  ASSERT_EQ(outcome.stages.size(), 2U);
  EXPECT_EQ(outcome.stages[0].name, "train");
  EXPECT_EQ(outcome.stages[0].time, seconds(3));
  EXPECT_EQ(outcome.stages[1].energy, units::Bounded<units::Energy>::exactly(joules(10)));
  EXPECT_EQ(outcome.energy, units::Bounded<units::Energy>::exactly(joules(60)));
  EXPECT_EQ(outcome.time, seconds(3));
  EXPECT_EQ(outcome.estimated, joules(0));
  EXPECT_EQ(outcome.metric("macro_f1"), 0.8);
  EXPECT_EQ(outcome.energy_basis, "table t.csv");
  EXPECT_FALSE(t.pipeline().measures());
}

TEST(TablePipeline, cells_match_the_values_of_knobs_by_number) {
  Table t(table("0.00005,8.0,100,20,7,0.9\n"));
  EXPECT_EQ(t.run({0, 0}).ending, Ending::completed);
}

TEST(TablePipeline, a_configuration_without_a_row_is_infeasible_and_costs_nothing) {
  Table t(table("5e-5,8,100,20,7,0.9\n"));
  const auto outcome = t.run({1, 0});
  EXPECT_EQ(outcome.ending, Ending::infeasible);
  EXPECT_THAT(outcome.reason, HasSubstr("t.csv has no row for lr=1e-5"));
  EXPECT_FALSE(outcome.energy);
}

TEST(TablePipeline, rows_with_values_of_no_knob_are_left_out_and_counted) {
  Table t(table("5e-5,8,100,20,7,0.9\n5e-5,16,broken,,,\n"));
  EXPECT_EQ(t.pipeline().rows_left_out(), 1U);
}

TEST(TablePipeline, an_empty_cell_makes_the_run_fail_and_the_other_joules_stay) {
  Table t(table("5e-5,8,100,20,7,0.9\n1e-5,8,,20,7,0.9\n5e-5,4,100,20,7,\n1e-5,4,9,1,,\n"));
  const auto without_joules = t.run({1, 0});
  EXPECT_EQ(without_joules.ending, Ending::failed);
  EXPECT_EQ(without_joules.reason, "line 3 of t.csv has nothing in train_j");
  EXPECT_EQ(without_joules.energy->value, joules(20));
  ASSERT_EQ(without_joules.stages.size(), 1U);
  const auto without_quality = t.run({0, 1});
  EXPECT_EQ(without_quality.ending, Ending::failed);
  EXPECT_EQ(without_quality.energy->value, joules(120));
  EXPECT_EQ(t.run({1, 1}).reason, "line 5 of t.csv has nothing in train_s, f1");
}

TEST(TablePipeline, seeds_that_follow_each_other_draw_every_repeat_once) {
  Table t(table("5e-5,8,1,0,1,1\n5e-5,8,2,0,1,1\n5e-5,8,3,0,1,1\n"));
  std::set<std::string> orders;
  for (std::uint64_t block = 0; block < 20; ++block) {
    std::string order;
    for (std::uint64_t i = 0; i < 3; ++i) {
      order += std::to_string(
          static_cast<int>(t.run({0, 0}, 1, 3 * block + i).energy->value.in_joules()));
    }
    orders.insert(order);
    std::ranges::sort(order);
    EXPECT_EQ(order, "123");
  }
  EXPECT_GT(orders.size(), 2U);
}

TEST(TablePipeline, the_draw_depends_on_seed_configuration_and_fidelity_alone) {
  const auto csv = table("5e-5,8,1,0,1,1\n5e-5,8,2,0,1,1\n");
  Table a(csv), b(csv);
  a.run({0, 0}, 1, 5);
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    EXPECT_EQ(a.run({0, 0}, 1, seed).energy, b.run({0, 0}, 1, seed).energy);
  }
}

TEST(TablePipeline, fidelities_are_those_of_the_table_and_others_are_infeasible) {
  const std::string header = "lr,width,train_j,evaluate_j,train_s,f1,share\n";
  Table t(header + "5e-5,8,100,20,7,0.9,1\n5e-5,8,10,2,1,0.7,0.1\n1e-5,8,90,20,7,0.9,1.0\n",
          "share");
  EXPECT_THAT(t.pipeline().fidelities(), ElementsAre(0.1, 1));
  EXPECT_EQ(t.run({0, 0}, 0.1).energy->value, joules(12));
  EXPECT_EQ(t.run({0, 0}, 1).energy->value, joules(120));
  const auto missing = t.run({1, 0}, 0.1);
  EXPECT_EQ(missing.ending, Ending::infeasible);
  EXPECT_THAT(missing.reason, HasSubstr("no row for lr=1e-5 at fidelity 0.1; it has 1"));
}

TEST(TablePipeline, a_run_is_stopped_between_two_stages_and_costs_those_before) {
  Table t(table("5e-5,8,100,20,7,0.9\n"));
  RunRequest request;
  request.configuration.levels = {0, 0};
  request.watch = [](const RunProgress& progress) -> std::optional<std::string> {
    EXPECT_EQ(progress.time, seconds(7));
    return "hopeless after " + std::to_string(static_cast<int>(progress.energy.in_joules()));
  };
  const auto outcome = t.pipeline().run(request);
  EXPECT_EQ(outcome.ending, Ending::stopped);
  EXPECT_EQ(outcome.reason, "hopeless after 100");
  EXPECT_EQ(outcome.energy->value, joules(100));
  EXPECT_TRUE(outcome.metrics.empty());
}

TEST(TablePipeline, every_missing_column_is_named_with_the_nearest) {
  Table t("lr,widht,train_j,eval,train_s,f1\n5e-5,8,1,1,1,1\n");
  EXPECT_THAT(
      t.fault(),
      AllOf(HasSubstr("no column 'width' for the knob of that name; did you mean 'widht'?\n"),
            HasSubstr("no column 'evaluate_j' for the joules of stage evaluate; there are 'lr'")));
}

TEST(TablePipeline, a_column_that_occurs_twice_is_a_fault) {
  Table t("lr,width,train_j,evaluate_j,train_s,f1,lr\n");
  EXPECT_THAT(t.fault(),
              HasSubstr("column 'lr' for the knob of that name is there more than once"));
}

TEST(TablePipeline, cells_that_are_no_amounts_are_named_with_their_line) {
  Table t(table("5e-5,8,-1,20,7,0.9\n5e-5,8,1,inf,7,0.9\n5e-5,8,1,1,1,nan\n5e-5,8\n"));
  EXPECT_THAT(
      t.fault(),
      AllOf(HasSubstr("t.csv:2: 'train_j' is '-1'; it must be a number from 0 on"),
            HasSubstr("t.csv:3: 'evaluate_j' is 'inf'"), HasSubstr("t.csv:4: 'f1' is 'nan'"),
            HasSubstr("t.csv:5: 2 cells where the first row has 6")));
}

TEST(TablePipeline, metrics_may_be_below_zero) {
  Table t(table("5e-5,8,1,1,1,-0.5\n"));
  EXPECT_EQ(t.run({0, 0}).metric("macro_f1"), -0.5);
}

TEST(TablePipeline, a_table_without_a_full_run_of_the_baseline_is_refused) {
  Table t(table("5e-5,4,1,1,1,1\n5e-5,7,1,1,1,1\n"));
  EXPECT_THAT(t.fault(), AllOf(HasSubstr("no full run of the baseline (lr=5e-5, width=8)"),
                               HasSubstr("1 rows were left out")));
}

TEST(TablePipeline, fidelities_are_above_0_and_at_most_1) {
  const std::string header = "lr,width,train_j,evaluate_j,train_s,f1,share\n";
  for (const char* share : {"0", "1.1", "", "-1", "full"}) {
    Table t(header + "5e-5,8,1,1,1,1,1\n5e-5,8,1,1,1,1," + share + "\n", "share");
    EXPECT_THAT(t.fault(), HasSubstr("it must be a number above 0 and at most 1")) << share;
  }
}

TEST(TablePipeline, very_many_fidelities_are_a_fault) {
  std::string csv = "lr,width,train_j,evaluate_j,train_s,f1,share\n";
  for (int i = 1; i <= 200; ++i) csv += "5e-5,8,1,1,1,1," + std::to_string(i / 200.0) + "\n";
  EXPECT_THAT(Table(csv, "share").fault(), HasSubstr("more than 100 different fidelities"));
}

TEST(TablePipeline, seconds_of_an_unknown_stage_are_a_fault) {
  energy::FakeSysfs folder;
  folder.write("t.csv", table("5e-5,8,1,1,1,1\n"));
  auto description = in(folder.root() / "t.csv");
  description.seconds = {{"trian", "train_s"}};
  const auto opened = TablePipeline::open(description, two_knobs());
  ASSERT_FALSE(opened);
  EXPECT_THAT(opened.error().message, HasSubstr("no stage; did you mean 'train'?"));
}

TEST(TablePipeline, a_file_that_is_not_there_is_an_error) {
  const auto opened = TablePipeline::open(in("/no/such/table.csv"), two_knobs());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, Error::Kind::not_found);
}

TEST(TablePipeline, a_table_of_fifty_thousand_rows_opens_and_runs_fast) {
  std::vector<knobs::Knob> knobs;
  std::string csv;
  for (int i = 0; i < 16; ++i) {
    knobs.push_back(knob("k" + std::to_string(i), {"0", "1"}));
    csv += "k" + std::to_string(i) + ",";
  }
  csv += "train_j,evaluate_j,train_s,f1\n";
  for (unsigned row = 0; row < 50'000; ++row) {
    for (unsigned bit = 0; bit < 16; ++bit) csv += (row >> bit & 1U) != 0 ? "1," : "0,";
    csv += std::to_string(row) + ",1,1,0.5\n";
  }
  const auto start = std::chrono::steady_clock::now();
  Table t(csv, {}, knobs::Space::build(std::move(knobs)).value());
  const auto opened = std::chrono::steady_clock::now();
  RunRequest request;
  request.configuration.levels.assign(16, 0);
  request.configuration.levels[3] = 1;
  constexpr int kRuns = 1000;
  for (int i = 0; i < kRuns; ++i) {
    ASSERT_EQ(t.pipeline().run(request).energy->value, joules(9));
  }
  const auto ran = std::chrono::steady_clock::now();
  // Generous, for sanitizers and busy machines: tens of milliseconds and a few microseconds.
  EXPECT_LT(opened - start, std::chrono::seconds(5));
  EXPECT_LT((ran - opened) / kRuns, std::chrono::microseconds(500));
}

}  // namespace
}  // namespace turngreen::pipeline
