#pragma once

#include <span>
#include <string>
#include <utility>

#include "turngreen/pipeline/command_pipeline.h"

namespace turngreen::pipeline {

/// Names and values as one JSON object or YAML mapping. "true" and "false" are truth values,
/// numbers are numbers (in YAML written so that readers of version 1.1 see one too: 5.0e-05), all
/// else is quoted text, "off" and "null" too.
std::string rendered_text(RenderedFile::Format format,
                          std::span<const std::pair<std::string, std::string>> values);

}  // namespace turngreen::pipeline
