#include "turngreen/explore/ledger.h"

#include <algorithm>

namespace turngreen::explore {
namespace {

using study::Trial;

void book(LedgerEntry& entry, const Trial& trial) {
  ++entry.trials;
  entry.time += trial.outcome->time;
  if (trial.outcome->energy) entry.spent += trial.outcome->energy->value;
}

/// In the order in which the purposes first occur.
std::vector<LedgerEntry> by_purpose(const std::vector<Trial>& trials) {
  std::vector<LedgerEntry> entries;
  for (const auto& trial : trials) {
    if (!trial.outcome) continue;
    const auto name = study::to_string(trial.assignment.purpose);
    auto entry = std::ranges::find(entries, name, &LedgerEntry::name);
    if (entry == entries.end()) {
      entry = entries.insert(entry, LedgerEntry{std::string(name), 0, {}, {}});
    }
    book(*entry, trial);
  }
  return entries;
}

}  // namespace

Ledger ledger_of(const std::vector<Trial>& trials, const Recommendation& recommendation) {
  Ledger ledger;
  ledger.wasted.name = "wasted";
  for (const auto& trial : trials) {
    if (!trial.outcome) continue;
    const auto& outcome = *trial.outcome;
    ledger.time += outcome.time;
    if (outcome.ending != pipeline::Ending::completed) book(ledger.wasted, trial);
    if (outcome.energy) {
      ledger.spent += outcome.energy->value;
      ledger.estimated += outcome.estimated;
    } else {
      ++ledger.not_measured;
    }
  }
  ledger.by_purpose = by_purpose(trials);
  const auto& baseline = recommendation.baseline_energy;
  if (!baseline || baseline->value <= units::Energy()) return ledger;
  ledger.baseline_runs = ledger.spent / baseline->value;
  if (!recommendation.better_than_baseline || recommendation.saving.value <= 0) return ledger;
  ledger.saved_per_run = baseline->value * recommendation.saving.value;
  ledger.paid_back_after = ledger.spent / *ledger.saved_per_run;
  return ledger;
}

}  // namespace turngreen::explore
