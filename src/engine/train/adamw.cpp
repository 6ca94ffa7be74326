#include "train/adamw.h"

namespace turngreen::train {
namespace {

bool moves_by_row(const model::Parameter& parameter) {
  return parameter.is_table && parameter.tensor.is_cpu();
}

std::vector<model::Parameter> dense_ones(std::span<const model::Parameter> parameters) {
  std::vector<model::Parameter> dense;
  for (const model::Parameter& parameter : parameters)
    if (!moves_by_row(parameter)) dense.push_back(parameter);
  return dense;
}

}  // namespace

AdamW::AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options)
    : dense_(dense_ones(parameters), options) {
  for (const model::Parameter& parameter : parameters)
    if (moves_by_row(parameter)) tables_.push_back({parameter.tensor, {parameter, options}});
}

void AdamW::step(const StepSize& size, std::span<const model::Shadow> shadows) {
  dense_.step(size, shadows);
  for (Table& table : tables_) table.optimizer.step(size);
}

void AdamW::catch_up(std::span<const model::TableRows> read) {
  for (Table& table : tables_) {
    for (const model::TableRows& rows : read)
      if (rows.table.is_same(table.tensor)) table.optimizer.catch_up(rows.rows);
  }
}

void AdamW::catch_up() {
  for (Table& table : tables_) table.optimizer.catch_up();
}

NamedState AdamW::state() const {
  NamedState state = dense_.state();
  for (const Table& table : tables_) {
    for (auto& one : table.optimizer.state()) state.push_back(std::move(one));
  }
  return state;
}

void AdamW::resume() {
  for (Table& table : tables_) table.optimizer.resume();
}

}  // namespace turngreen::train
