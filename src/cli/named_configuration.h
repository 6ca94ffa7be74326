#pragma once

#include <string>

#include "chosen_study.h"
#include "turngreen/knobs/configuration.h"
#include "turngreen/units/result.h"

namespace turngreen::cli {

/// The configuration that a user names: "baseline"; "recommended" (what tune would advise now); a
/// trial's ("#12"); one that was run, by its name or by a beginning of it that fits no other
/// ("v7" is v7_f16 and not v70_lora: a whole word goes first; case does not count); or settings
/// ("lr=1e-5,width=4", knobs that are not named being off). Error, with the nearest name: there is
/// none, or there are several.
Result<knobs::Configuration> find_configuration(const std::string& text, const ChosenStudy& chosen);

}  // namespace turngreen::cli
