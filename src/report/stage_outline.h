#pragma once

#include <optional>
#include <string>

#include "turngreen/energy/statement.h"

namespace turngreen::report {

using EnergyBounds = units::Bounded<units::Energy>;

/// How deep the stage is nested: 0 at the top level.
std::size_t depth(const energy::Statement& statement, std::size_t stage);

/// The names from the top level down, "train/forward"; a '/' or '\' within a name is escaped by
/// '\', so that no two stages share a path.
std::string stage_path(const energy::Statement& statement, std::size_t stage);

bool has_children(const energy::Statement& statement, std::size_t stage);

/// A stage's own energy over the counted domains: what its children did not take.
energy::DomainEnergy own_total(const energy::Statement& statement, std::size_t stage);

/// The energy that belongs to work counted in the stage of that name; empty: the whole run. Absent
/// when it was not measured, and where several stages share the name.
std::optional<EnergyBounds> energy_of_stage(const energy::Statement& statement,
                                            const std::string& name);

/// Whether any joule of these (one per domain of the statement) comes from the estimator and is
/// counted.
bool holds_estimate(const energy::Statement& statement,
                    const std::vector<energy::DomainEnergy>& energies);

/// The stage that a run is in, going by a snapshot: the innermost of those that are open.
std::optional<std::size_t> current_stage(const energy::Statement& snapshot);

}  // namespace turngreen::report
