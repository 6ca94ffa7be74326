#pragma once

#include "turngreen/pipeline/command_pipeline.h"
#include "yaml_field.h"

namespace turngreen::study {

/// What every command that is run may be bounded by: timeout, memory, fidelity, sampling_period.
void read_limits(YamlSection& section, pipeline::CommandDescription& command);

}  // namespace turngreen::study
