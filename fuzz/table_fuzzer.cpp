#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/table_rows.h"
#include "require.h"

namespace turngreen::pipeline {
namespace {

using fuzz::require;

knobs::Space two_knobs() {
  std::vector<knobs::Knob> knobs(2);
  knobs[0].id = "lr";
  knobs[0].values = {knobs::Value("5e-5"), knobs::Value("1e-5")};
  knobs[1].id = "mode";
  knobs[1].values = {knobs::Value("off"), knobs::Value("on")};
  return knobs::Space::build(std::move(knobs)).value();
}

void check(const std::vector<std::optional<double>>& cells, bool amounts) {
  for (const auto& cell : cells) {
    if (cell) require(std::isfinite(*cell) && (!amounts || *cell >= 0), "cells are amounts");
  }
}

void feed(std::string_view csv) {
  static const knobs::Space space = two_knobs();
  static const TableDescription description{.file = "t.csv",
                                            .stages = {{"train", "train_j"}, {"test", "test_j"}},
                                            .seconds = {{"train", "train_s"}},
                                            .quality = {{"f1", "f1"}},
                                            .fidelity = "share"};
  const auto rows = TableRows::parse(csv, description, space);
  if (!rows) {
    require(rows.error().message.starts_with("t.csv"), "a fault names the file");
    return;
  }
  require(!rows->fidelities().empty() && rows->fidelities().back() == 1, "there is a full run");
  static const auto configurations = space.enumerate(4).value();
  for (const knobs::Configuration& configuration : configurations) {
    double last = 0;
    for (const auto& repeats : rows->of(configuration)) {
      require(repeats.fidelity > last && repeats.fidelity <= 1, "fidelities ascend to 1 at most");
      require(!repeats.rows.empty(), "a fidelity on record has a run");
      last = repeats.fidelity;
      for (const TableRow& row : repeats.rows) {
        require(row.joules.size() == 2 && row.seconds.size() == 2 && row.quality.size() == 1,
                "a row has a place for every cell");
        check(row.joules, true);
        check(row.seconds, true);
        check(row.quality, false);
      }
    }
  }
}

}  // namespace
}  // namespace turngreen::pipeline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::pipeline::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
