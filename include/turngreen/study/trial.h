#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/knobs/configuration.h"
#include "turngreen/pipeline/outcome.h"
#include "turngreen/units/energy.h"

namespace turngreen::study {

/// Why a trial is run.
enum class Purpose {
  baseline,     ///< all knobs off
  explore,      ///< chosen by the model
  verify,       ///< a finalist, again
  attribution,  ///< asked for, to tell what a knob or a pair does
  test,         ///< on the test rows, at the very end: nothing is chosen or learnt by it
};
std::string_view to_string(Purpose purpose);
std::optional<Purpose> parse_purpose(std::string_view text);

/// What a worker takes on.
struct Assignment {
  Purpose purpose = Purpose::explore;
  knobs::Configuration configuration;
  double fidelity = 1;
  std::uint64_t seed = 0;

  friend bool operator==(const Assignment&, const Assignment&) = default;
};

/// Where a trial ran, for whoever doubts it: names and values ("machine", "cpu", "kernel",
/// "sensors", "turngreen", "git_commit", "git_dirty", "environment.OMP_NUM_THREADS", ...), each
/// name once.
using Provenance = std::vector<std::pair<std::string, std::string>>;

/// One run of the pipeline under one configuration at one fidelity.
struct Trial {
  std::int64_t number = 0;  ///< from 1, in the order they were claimed
  Assignment assignment;
  std::optional<pipeline::Outcome> outcome;  ///< absent: still running
  Provenance provenance;
  std::string worker;  ///< "host:boot:processes:pid:start" of the process that took it
  std::int64_t started_unix_ns = 0;
  std::int64_t finished_unix_ns = 0;  ///< 0: still running
  std::int64_t finish_order = 0;      ///< from 1, in the order they finished; 0: still running
};

/// The joules that trials have spent, as far as they were measured.
units::Energy spent(const std::vector<Trial>& trials);

}  // namespace turngreen::study
