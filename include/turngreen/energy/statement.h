#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/energy/domain.h"
#include "turngreen/energy/instant.h"
#include "turngreen/units/bounded.h"
#include "turngreen/units/duration.h"
#include "turngreen/units/energy.h"

namespace turngreen::energy {

/// What a sensor, or the sampling of it, did that a reader of the numbers must know.
enum class FaultKind {
  wrap,         ///< the counter passed its range and was unwrapped; no joule is lost
  reset,        ///< the counter began again at zero; what fell between the two readings is unknown
  stuck,        ///< the counter stood still although its domain always draws power
  backward,     ///< the counter went back and neither wrap nor reset explains it
  implausible,  ///< the counter advanced by more than the domain can draw
  vanished,     ///< the sensor stopped answering
  denied,       ///< the right to read was lost
  late,         ///< samples came so late that intervals widened
  suspended,    ///< the machine slept; the joules of that time are unknown
  late_mark,    ///< a stage mark arrived after its time had been accounted; counted from arrival
  unmatched,    ///< a stage end without its begin, or a begin without its end
  protocol,     ///< the run protocol carried something that is not part of it
  overflow,     ///< more stages or open spans than the meter keeps apart
};
std::string_view to_string(FaultKind kind);
/// One sentence for people: what it means for the numbers.
std::string_view explain(FaultKind kind);

struct Fault {
  FaultKind kind = FaultKind::late;
  std::string subject;  ///< a domain's or stage's name; empty: the measurement as a whole
  std::uint64_t count = 1;
  Instant first;
  Instant last;
  units::Duration duration;  ///< how much time it touched, where that has a meaning
  std::string detail;        ///< one sentence for people
};

/// The energy of one domain over some spans. `energy` is absent when nothing of it was measured.
/// Its value holds measured joules only; `high` includes what `unmeasured` time may have cost at
/// most.
struct DomainEnergy {
  std::optional<units::Bounded<units::Energy>> energy;
  units::Duration unmeasured;  ///< time within the spans for which the sensor told nothing

  friend bool operator==(const DomainEnergy&, const DomainEnergy&) = default;
};

/// All spans of one stage under one parent. Children plus own equal the stage exactly, per domain,
/// in whole microjoules.
struct StageEnergy {
  std::string name;
  std::optional<std::size_t> parent;  ///< index into Statement::stages; absent: top level
  std::uint64_t count = 0;            ///< spans opened
  units::Duration time;               ///< sum of their lengths
  bool open_at_end = false;  ///< some span never closed: counted up to the measurement's end
  std::vector<DomainEnergy> domains;  ///< in the order of Statement::domains; children included
  std::vector<DomainEnergy> own;      ///< likewise, time in children left out
  DomainEnergy total;                 ///< over the counted domains
};

/// What fell into no stage: the top-level stages and this equal the measurement exactly.
struct OutsideStages {
  units::Duration time;               ///< during which no stage was open
  std::vector<DomainEnergy> domains;  ///< in the order of Statement::domains
  DomainEnergy total;                 ///< over the counted domains
};

/// How well the meter itself did.
struct SamplingQuality {
  std::uint64_t samples = 0;
  units::Duration period;         ///< asked for
  units::Duration longest_gap;    ///< between two samples
  units::Duration sampling_time;  ///< processor time of the sampling thread: the meter's own cost
};

/// What the meter hands back: every number with its bounds, and what went wrong. A value.
struct Statement {
  Instant start;
  Instant end;
  std::vector<Domain> domains;
  std::vector<DomainEnergy> domain_totals;  ///< one per domain, over start..end
  DomainEnergy total;                       ///< over the counted domains, each joule once
  units::Energy estimated;                  ///< the part of total.value that no sensor measured
  std::vector<StageEnergy> stages;          ///< parents before their children
  OutsideStages outside;
  std::vector<Fault> faults;
  SamplingQuality sampling;

  units::Duration time() const { return end - start; }
};

}  // namespace turngreen::energy
