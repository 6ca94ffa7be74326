#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/knobs/knob.h"
#include "yaml_field.h"

namespace turngreen::study {

/// A knob of the study file, and where its parts stand in it. Lists of places are empty where the
/// part comes from the catalogue.
struct ReadKnob {
  knobs::Knob knob;
  YamlField key;
  bool complete = true;  ///< false: complained of, so nothing is known of its values
  bool own_needs = false, own_excludes = false, own_stages = false;  ///< said in the file
  std::vector<YamlField> values = {}, needs = {}, excludes = {}, stages = {};
  std::vector<YamlField> expected = {};  ///< one for each value; those not said are the knob's key
};

ReadKnob read_knob(const std::string& id, const YamlField& key, const YamlField& field);

/// "KNOB: VALUE" or "KNOB: [VALUE, ...]" for each condition; `places` gets where each stands.
std::vector<knobs::Condition> read_conditions(const YamlField& field,
                                              std::vector<YamlField>& places);

}  // namespace turngreen::study
