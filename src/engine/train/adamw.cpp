#include "train/adamw.h"

namespace turngreen::train {
namespace {

enum class Way : std::uint8_t { rows, whole, blocks };

Way way_of(const model::Parameter& parameter, MomentStorage storage) {
  if (parameter.is_table && parameter.tensor.is_cpu()) return Way::rows;
  const bool is_large = parameter.tensor.numel() >= BlockwiseAdamW::kLeast;
  if (storage == MomentStorage::blocks_of_8_bits && is_large && !parameter.is_table)
    return Way::blocks;
  return Way::whole;
}

std::vector<model::Parameter> those(std::span<const model::Parameter> parameters,
                                    MomentStorage storage, Way way) {
  std::vector<model::Parameter> chosen;
  for (const model::Parameter& parameter : parameters)
    if (way_of(parameter, storage) == way) chosen.push_back(parameter);
  return chosen;
}

}  // namespace

AdamW::AdamW(std::span<const model::Parameter> parameters, const AdamWOptions& options,
             MomentStorage storage)
    : storage_(storage),
      dense_(those(parameters, storage, Way::whole), options),
      blockwise_(those(parameters, storage, Way::blocks), options) {
  for (const model::Parameter& parameter : those(parameters, storage, Way::rows))
    tables_.push_back({parameter.tensor, {parameter, options}});
}

void AdamW::step(const StepSize& size, std::span<const model::Shadow> shadows) {
  dense_.step(size, shadows);
  blockwise_.step(size);
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
  for (auto& one : blockwise_.state()) state.push_back(std::move(one));
  for (const Table& table : tables_) {
    for (auto& one : table.optimizer.state()) state.push_back(std::move(one));
  }
  return state;
}

void AdamW::resume() {
  for (Table& table : tables_) table.optimizer.resume();
}

}  // namespace turngreen::train
