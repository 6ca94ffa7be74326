#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "stage_outline.h"
#include "turngreen/pipeline/measurement.h"

namespace turngreen::report {

/// "make -j4", quoted so that a shell would read it the same way.
std::string command_line(const std::vector<std::string>& command);

/// "RAPL (powercap)", "NVML energy counter", ...
std::string_view source_words(energy::Source source);

/// One sentence: who, what and how often.
std::string fault_sentence(const energy::Fault& fault);

/// "12.3 J", "~12.3 J" when estimated, "not measured" when absent.
std::string energy_text(const std::optional<units::Energy>& energy, bool estimated);

}  // namespace turngreen::report
