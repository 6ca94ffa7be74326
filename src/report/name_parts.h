#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::report {

/// A part of a configuration's name, in words of lower case: "seq_lngth" is seq, lngth.
using NameWords = std::vector<std::string>;

NameWords words_of(std::string_view text);

/// Whether a name begins with its number: "v12_", "V3-", "exp07_", "03_".
bool has_index(std::string_view name);

/// The parts of a name: what "_plus_", "+", "_and_" or "&" puts together, without the number before
/// them where `indexed`.
std::vector<NameWords> name_parts(std::string_view name, bool indexed);

/// Whether `part` may be a short way to say `whole`: each of its words is a word of `whole`, or is
/// short for one: it begins alike, its letters stand in that order, and its digits are the same
/// ("cpting" for checkpointing, "f16" for fp16). Not both ways round.
bool may_stand_for(const NameWords& part, const NameWords& whole);

/// The words as the name of a knob: letters, digits and '_', not a digit first, 64 bytes at most.
std::string knob_id(const NameWords& words);

}  // namespace turngreen::report
