#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/explore/bundles.h"
#include "turngreen/explore/configuration_summary.h"
#include "turngreen/explore/domain_agreement.h"
#include "turngreen/explore/explanation.h"
#include "turngreen/explore/final_test.h"
#include "turngreen/explore/ledger.h"
#include "turngreen/explore/look_alikes.h"
#include "turngreen/explore/pathways.h"
#include "turngreen/explore/recommendation.h"
#include "turngreen/pipeline/pipeline.h"
#include "turngreen/study/study_file.h"
#include "turngreen/study/trial.h"

namespace turngreen::explore {

/// Something that a reader of the report is to know.
struct Note {
  enum class Kind {
    degenerate,   ///< a quality that is that of a constant predictor
    clusters,     ///< repeats in two groups
    look_alikes,  ///< two configurations that nothing tells apart
    no_effect,    ///< a configuration like the baseline
    bundles,      ///< a bundle against its parts
    avoid,        ///< a knob or a pair that costs
    domains,      ///< an energy domain that disagrees with itself
    set_aside,    ///< asked and effective values differ, and the like
    energy,       ///< how the joules were come by
    model,        ///< how well the model foretells
    import,       ///< what was read otherwise than it was written
  };
  Kind kind = Kind::energy;
  std::string text;                         ///< one sentence with the numbers
  std::vector<std::string> configurations;  ///< names of those it is about
};
std::string_view to_string(Note::Kind kind);

/// A finished or running study, looked at from all sides.
struct StudyAnalysis {
  std::vector<ConfigurationSummary> configurations;
  Recommendation recommendation;
  Explanation explanation;
  std::optional<FinalTest> test;  ///< absent: no test rows, or not looked at yet
  std::vector<Bundle> bundles;
  std::vector<Pathway> pathways;
  Ledger ledger;
  std::vector<DomainAgreement> domains;
  std::vector<Note> notes;
};

/// Looks at the trials that have finished. `pipeline` is asked for its fidelities alone, so that
/// one that cannot run any more will do (pipeline::RecordedPipeline). Takes a second or two for
/// thousands of trials.
StudyAnalysis analyse(const study::StudyFile& study, const pipeline::Pipeline& pipeline,
                      std::uint64_t seed, std::vector<study::Trial> trials);

}  // namespace turngreen::explore
