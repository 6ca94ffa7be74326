#pragma once

#include <string>
#include <vector>

#include "turngreen/knobs/space.h"
#include "yaml_field.h"

namespace turngreen::study {

/// Reads `knobs:` and `forbidden:`. What a knob of the catalogue does not say comes from there: the
/// conditions and expectations on what this study has. `stages` are those the pipeline is known to
/// have; none: not known. An empty Space where something is wrong.
knobs::Space read_space(const YamlField& knobs, const YamlField& forbidden,
                        const std::vector<std::string>& stages);

}  // namespace turngreen::study
