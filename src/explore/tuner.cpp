#include "turngreen/explore/tuner.h"

#include "candidates.h"
#include "decision.h"

namespace turngreen::explore {

using knobs::Configuration;
using study::Assignment;
using study::Trial;

struct Tuner::Plan {
  const study::StudyFile& study;
  std::vector<double> fidelities;
  bool has_test_rows;
  std::uint64_t seed;
  Candidates candidates;
};

Tuner::Tuner(const study::StudyFile& study, const pipeline::Pipeline& pipeline, std::uint64_t seed)
    : plan_(std::make_unique<Plan>(
          Plan{study,
               {pipeline.fidelities().begin(), pipeline.fidelities().end()},
               pipeline.has_test_rows(),
               seed,
               Candidates(study.space, [&pipeline](const Configuration& configuration) {
                 return pipeline.can_run(configuration);
               })})) {}

Tuner::~Tuner() = default;

Outlook Tuner::after(const std::vector<Trial>& trials) const {
  return Outlook(std::make_unique<Outlook::Decision>(plan_->study, plan_->fidelities,
                                                     plan_->has_test_rows, plan_->seed,
                                                     plan_->candidates, trials));
}

Outlook::Outlook(std::unique_ptr<const Decision> decision) : decision_(std::move(decision)) {}
Outlook::Outlook(Outlook&&) noexcept = default;
Outlook::~Outlook() = default;

Step Outlook::next() const { return decision_->next(); }
Recommendation Outlook::recommendation() const { return decision_->recommendation(kSurelyWithin); }
Recommendation Outlook::interim_recommendation() const {
  return decision_->recommendation(kLikelyWithin);
}
std::vector<Rejection> Outlook::rejections() const { return decision_->rejections(); }
std::optional<units::Energy> Outlook::hopeless_beyond(const Assignment& assignment) const {
  return decision_->hopeless_beyond(assignment);
}
std::optional<QualityLimit> Outlook::hopeless_quality(const Assignment& assignment) const {
  return decision_->hopeless_quality(assignment);
}

}  // namespace turngreen::explore
