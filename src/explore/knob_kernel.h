#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/space.h"

namespace turngreen::explore {

/// How alike two configurations are in what their knobs do, in the sums that the kernel of a
/// log-linear model is made of.
struct Likeness {
  double mains = 0;     ///< sum over the knobs of their likeness
  double pairs = 0;     ///< sum over all pairs of knobs of the products of their likenesses
  double activity = 0;  ///< product of the two configurations' activities
  bool same = false;    ///< equal in all knobs that act, and not off in all of them
};

/// Coding of a space's knobs for linear models. A knob contributes nothing where it is off. A level
/// of an unordered knob has a coefficient of its own; one of an ordered knob is reached by steps
/// from "off", each with a coefficient (cumulative coding), so that near levels resemble each
/// other. The pairwise interactions are all products of two knobs' terms. Since a prior of
/// independent normal coefficients is assumed, only inner products are needed, never the
/// coefficients themselves.
class KnobKernel {
 public:
  /// Only knobs that act on `stage` count: those that name it, and those that name none of
  /// `stages`, the ones that there are (a knob of the catalogue may name the stages of other
  /// pipelines). An empty stage stands for the whole run, on which all act.
  KnobKernel(const knobs::Space& space, std::string_view stage,
             std::span<const std::string> stages = {});

  Likeness between(const knobs::Configuration& a, const knobs::Configuration& b) const;
  /// One configuration's likeness with many others, for a fraction of the time each. Borrows the
  /// kernel.
  class Against {
   public:
    Against(const KnobKernel& kernel, const knobs::Configuration& configuration);
    Likeness operator()(const knobs::Configuration& other) const;

   private:
    struct Row {
      const double* inner;     ///< likeness of our level with each level of the knob
      const double* activity;  ///< of each level of the knob
      std::uint16_t knob;
      knobs::Level level;
    };
    std::vector<Row> rows_;
    double activity_ = 0;
  };
  /// Share of the way from "off" to the far end, summed over the knobs.
  double activity(const knobs::Configuration& configuration) const;
  double activity_of(std::size_t knob, knobs::Level level) const {
    return knobs_[knob].activity[level];
  }
  bool acts(std::size_t knob) const { return knobs_[knob].acts; }
  /// Inner product of two levels' codes; 1 for a level of an unordered knob with itself.
  double likeness(std::size_t knob, knobs::Level a, knobs::Level b) const {
    return knobs_[knob].inner[a * knobs_[knob].count + b];
  }

 private:
  struct Coding {
    bool acts = true;
    std::size_t count = 0;
    std::vector<double> inner;     ///< count x count
    std::vector<double> activity;  ///< count
  };
  std::vector<Coding> knobs_;
  std::vector<std::size_t> acting_;
};

}  // namespace turngreen::explore
