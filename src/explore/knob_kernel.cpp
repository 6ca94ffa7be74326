#include "knob_kernel.h"

#include <algorithm>
#include <cmath>

namespace turngreen::explore {
namespace {

std::size_t steps_between(std::size_t a, std::size_t b) { return a < b ? b - a : a - b; }

bool same_side(std::size_t a, std::size_t b, std::size_t off) { return (a < off) == (b < off); }

}  // namespace

KnobKernel::KnobKernel(const knobs::Space& space, std::string_view stage,
                       std::span<const std::string> stages) {
  for (const knobs::Knob& knob : space.knobs()) {
    Coding coding;
    const auto names = [&knob](std::string_view name) {
      return std::ranges::find(knob.stages, name) != knob.stages.end();
    };
    coding.acts = stage.empty() || knob.stages.empty() || names(stage) ||
                  (!stages.empty() && std::ranges::none_of(stages, names));
    coding.count = knob.values.size();
    coding.inner.assign(coding.count * coding.count, 0.0);
    coding.activity.assign(coding.count, 0.0);
    const std::size_t farthest = std::max(knob.off, coding.count - 1 - knob.off);
    for (std::size_t a = 0; coding.acts && a < coding.count; ++a) {
      if (a == knob.off) continue;
      coding.activity[a] = knob.ordered ? static_cast<double>(steps_between(a, knob.off)) /
                                              static_cast<double>(farthest)
                                        : 1.0;
      for (std::size_t b = 0; b < coding.count; ++b) {
        if (b == knob.off) continue;
        double& inner = coding.inner[a * coding.count + b];
        if (!knob.ordered) {
          inner = a == b ? 1.0 : 0.0;
        } else if (same_side(a, b, knob.off)) {
          // More steps cover the same way: each is given less, yet the whole way is given more.
          const auto shared = std::min(steps_between(a, knob.off), steps_between(b, knob.off));
          inner = static_cast<double>(shared) / std::sqrt(static_cast<double>(farthest));
        }
      }
    }
    if (coding.acts) acting_.push_back(knobs_.size());
    knobs_.push_back(std::move(coding));
  }
}

KnobKernel::Against::Against(const KnobKernel& kernel, const knobs::Configuration& configuration) {
  rows_.reserve(kernel.acting_.size());
  for (const std::size_t knob : kernel.acting_) {
    const Coding& coding = kernel.knobs_[knob];
    const knobs::Level level = configuration.levels[knob];
    rows_.push_back({coding.inner.data() + level * coding.count, coding.activity.data(),
                     static_cast<std::uint16_t>(knob), level});
    activity_ += coding.activity[level];
  }
}

Likeness KnobKernel::Against::operator()(const knobs::Configuration& other) const {
  double sum = 0;
  double squares = 0;
  double activity = 0;
  bool same = true;
  const knobs::Level* levels = other.levels.data();
  for (const Row& row : rows_) {
    const knobs::Level level = levels[row.knob];
    const double inner = row.inner[level];
    sum += inner;
    squares += inner * inner;
    activity += row.activity[level];
    same = same && level == row.level;
  }
  return {sum, (sum * sum - squares) / 2, activity_ * activity, same && activity > 0};
}

Likeness KnobKernel::between(const knobs::Configuration& a, const knobs::Configuration& b) const {
  return Against(*this, a)(b);
}

double KnobKernel::activity(const knobs::Configuration& configuration) const {
  double sum = 0;
  for (const std::size_t knob : acting_) sum += knobs_[knob].activity[configuration.levels[knob]];
  return sum;
}

}  // namespace turngreen::explore
