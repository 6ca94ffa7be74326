#pragma once

#include <span>
#include <string>
#include <vector>

#include "turngreen/knobs/knob.h"

namespace turngreen::knobs {

/// What is wrong with the knobs and their rules, a sentence each. Empty: nothing.
std::vector<std::string> faults_of(std::span<const Knob> knobs,
                                   std::span<const std::vector<Condition>> forbidden);

/// "precision=fp16" or "precision one of fp16, bf16".
std::string describe_condition(const Condition& condition);
/// "8, 4, 2".
std::string list_values(std::span<const Value> values);

}  // namespace turngreen::knobs
