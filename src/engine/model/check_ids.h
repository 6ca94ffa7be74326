#pragma once

#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"
#include "turngreen/engine/data/examples.h"
#include "turngreen/units/result.h"

namespace turngreen::model {

/// Whether the model has an embedding for every token, before any is looked up: a GPU does not tell
/// afterwards. `file` stands for the examples in errors. Error: the first row with an id beyond the
/// model's vocabulary, which means that tokenizer.json is another model's.
Result<void> check_ids(const data::Examples& examples, const checkpoint::Architecture& architecture,
                       std::string_view file);

}  // namespace turngreen::model
