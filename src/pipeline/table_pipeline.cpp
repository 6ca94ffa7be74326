#include "turngreen/pipeline/table_pipeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "repeat_order.h"
#include "table_rows.h"
#include "turngreen/pipeline/bounded_file.h"

namespace turngreen::pipeline {
namespace {

constexpr std::uint64_t kLargestTable = 256'000'000;

Outcome infeasible(std::string reason) {
  Outcome outcome;
  outcome.ending = Ending::infeasible;
  outcome.reason = std::move(reason);
  return outcome;
}

std::string numbers_of(std::span<const TableRows::Repeats> on_record) {
  std::string text;
  for (const auto& repeats : on_record) {
    text += fmt::format("{}{}", text.empty() ? "" : ", ", repeats.fidelity);
  }
  return text;
}

/// Turns one row into an outcome, stage by stage.
class Replay {
 public:
  Replay(const TableDescription& description, const TableRow& row)
      : description_(description), row_(row) {
    outcome_.energy_basis = fmt::format("table {}", description.file.filename().string());
  }

  Outcome run(const RunRequest& request) {
    const std::size_t count = description_.stages.size();
    for (std::size_t stage = 0; stage < count; ++stage) {
      add_stage(stage);
      if (!request.watch || stage + 1 == count) continue;
      if (auto reason = request.watch({spent(), outcome_.time, {}})) {
        outcome_.ending = Ending::stopped;
        outcome_.reason = std::move(*reason);
        return std::move(outcome_);
      }
    }
    for (std::size_t i = 0; i < row_.quality.size(); ++i) {
      const auto& [metric, column] = description_.quality[i];
      if (row_.quality[i]) {
        outcome_.metrics.push_back({metric, *row_.quality[i]});
      } else {
        miss(column);
      }
    }
    return std::move(outcome_);
  }

 private:
  units::Energy spent() const { return outcome_.energy ? outcome_.energy->value : units::Energy(); }

  void add_stage(std::size_t stage) {
    const auto& [name, column] = description_.stages[stage];
    StageCost cost;
    cost.name = name;
    if (const auto& seconds = row_.seconds[stage]) {
      cost.time = units::seconds(*seconds);
    } else if (const auto told = std::ranges::find(description_.seconds, name,
                                                   &std::pair<std::string, std::string>::first);
               told != description_.seconds.end()) {
      miss(told->second);
    }
    outcome_.time = outcome_.time + cost.time;
    if (const auto& joules = row_.joules[stage]) {
      cost.energy = units::Bounded<units::Energy>::exactly(units::joules(*joules));
      outcome_.energy = outcome_.energy ? *outcome_.energy + cost.energy : cost.energy;
      outcome_.stages.push_back(std::move(cost));
    } else {
      miss(column);
    }
  }

  void miss(const std::string& column) {
    outcome_.ending = Ending::failed;
    outcome_.reason += outcome_.reason.empty()
                           ? fmt::format("line {} of {} has nothing in {}", row_.line,
                                         description_.file.filename().string(), column)
                           : ", " + column;
  }

  const TableDescription& description_;
  const TableRow& row_;
  Outcome outcome_;
};

}  // namespace

Result<std::unique_ptr<TablePipeline>> TablePipeline::open(const TableDescription& description,
                                                           const knobs::Space& space) {
  const auto csv = read_bounded_file(description.file, kLargestTable);
  if (!csv) return tl::unexpected(csv.error());
  auto rows = TableRows::parse(*csv, description, space);
  if (!rows) return tl::unexpected(std::move(rows.error()));
  return std::unique_ptr<TablePipeline>(
      new TablePipeline(description, space, std::make_unique<TableRows>(*std::move(rows))));
}

TablePipeline::TablePipeline(TableDescription description, knobs::Space space,
                             std::unique_ptr<TableRows> rows)
    : description_(std::move(description)), space_(std::move(space)), rows_(std::move(rows)) {}

TablePipeline::~TablePipeline() = default;

Outcome TablePipeline::run(const RunRequest& request) {
  const auto on_record = rows_->of(request.configuration);
  const std::string table = description_.file.filename().string();
  if (on_record.empty()) {
    return infeasible(fmt::format("{} has no row for {}", table,
                                  space_.objection(request.configuration)
                                      ? "that combination"
                                      : space_.describe(request.configuration)));
  }
  const auto repeats =
      std::ranges::find(on_record, request.fidelity, &TableRows::Repeats::fidelity);
  if (repeats == on_record.end()) {
    return infeasible(fmt::format("{} has no row for {} at fidelity {}; it has {}", table,
                                  space_.describe(request.configuration), request.fidelity,
                                  numbers_of(on_record)));
  }
  const std::size_t drawn =
      drawn_repeat(repeats->rows.size(), request.configuration, request.fidelity, request.seed);
  return Replay(description_, repeats->rows[drawn]).run(request);
}

bool TablePipeline::can_run(const knobs::Configuration& configuration) const {
  return !rows_->of(configuration).empty();
}

std::span<const double> TablePipeline::fidelities() const { return rows_->fidelities(); }

std::size_t TablePipeline::rows_left_out() const { return rows_->left_out(); }

}  // namespace turngreen::pipeline
