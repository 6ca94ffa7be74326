#pragma once

#include <optional>
#include <string>
#include <vector>

#include "turngreen/knobs/knob.h"

namespace turngreen::study {

/// `knob` is a copy of the catalogue's with values of the study's own: makes its off value, its
/// order and its expectations fit them.
void adapt_to_values(const knobs::Knob& known, knobs::Knob& knob);

/// The catalogue's factors, which compare with its off value, as factors that compare with the off
/// value of `knob`; none where nothing is published about that.
std::vector<std::optional<knobs::Expectation>> expectations_for(const knobs::Knob& known,
                                                                const knobs::Knob& knob);

/// What becomes of a condition of whose values the study has none.
enum class NoValueLeft {
  drop,  ///< it cannot hold, and need not
  keep,  ///< as it is, so that it is complained of
};

/// The catalogue's conditions as far as the study has the knobs and values that they speak of; of
/// those that may not hold (drop), without values that are off in it.
std::vector<knobs::Condition> conditions_within(const std::vector<knobs::Condition>& conditions,
                                                const std::vector<knobs::Knob>& knobs,
                                                NoValueLeft none_left);

}  // namespace turngreen::study
