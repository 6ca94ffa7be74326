#pragma once

#include <string_view>

#include "tokenizer_parts.h"
#include "turngreen/units/result.h"

namespace turngreen::tokenizer {

/// Reads a tokenizer.json. Errors name `file` and the place in it.
Result<TokenizerParts> parse_tokenizer(std::string_view json, std::string_view file);

}  // namespace turngreen::tokenizer
