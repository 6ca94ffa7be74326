#include "stage_outline.h"

#include <algorithm>

namespace turngreen::report {
namespace {

/// Only parents that stand before their children are followed, so a broken table cannot loop.
std::optional<std::size_t> parent_of(const energy::Statement& statement, std::size_t stage) {
  const auto parent = statement.stages[stage].parent;
  return parent && *parent < stage ? parent : std::nullopt;
}

}  // namespace

std::size_t depth(const energy::Statement& statement, std::size_t stage) {
  std::size_t levels = 0;
  for (auto at = parent_of(statement, stage); at; at = parent_of(statement, *at)) ++levels;
  return levels;
}

std::string stage_path(const energy::Statement& statement, std::size_t stage) {
  std::string path;
  if (const auto parent = parent_of(statement, stage)) path = stage_path(statement, *parent) + '/';
  for (const char c : statement.stages[stage].name) {
    if (c == '/' || c == '\\') path += '\\';
    path += c;
  }
  return path;
}

bool has_children(const energy::Statement& statement, std::size_t stage) {
  return std::any_of(statement.stages.begin(), statement.stages.end(),
                     [&](const auto& other) { return other.parent == stage; });
}

energy::DomainEnergy own_total(const energy::Statement& statement, std::size_t stage) {
  energy::DomainEnergy total;
  const auto& own = statement.stages[stage].own;
  for (std::size_t i = 0; i < own.size() && i < statement.domains.size(); ++i) {
    if (!statement.domains[i].counted()) continue;
    if (own[i].energy) total.energy = total.energy ? *total.energy + *own[i].energy : own[i].energy;
    total.unmeasured = std::max(total.unmeasured, own[i].unmeasured);
  }
  return total;
}

std::optional<EnergyBounds> energy_of_stage(const energy::Statement& statement,
                                            const std::string& name) {
  if (name.empty()) return statement.total.energy;
  std::optional<EnergyBounds> energy;
  std::size_t namesakes = 0;
  for (const auto& stage : statement.stages) {
    if (stage.name != name) continue;
    energy = stage.total.energy;
    ++namesakes;
  }
  return namesakes == 1 ? energy : std::nullopt;
}

bool holds_estimate(const energy::Statement& statement,
                    const std::vector<energy::DomainEnergy>& energies) {
  for (std::size_t i = 0; i < energies.size() && i < statement.domains.size(); ++i) {
    const auto& domain = statement.domains[i];
    if (domain.estimated() && domain.counted() && energies[i].energy) return true;
  }
  return false;
}

std::optional<std::size_t> current_stage(const energy::Statement& snapshot) {
  std::optional<std::size_t> current;
  for (std::size_t i = 0; i < snapshot.stages.size(); ++i) {
    if (!snapshot.stages[i].open_at_end) continue;
    if (!current || depth(snapshot, i) > depth(snapshot, *current)) current = i;
  }
  return current;
}

}  // namespace turngreen::report
