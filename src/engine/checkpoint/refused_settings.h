#pragma once

#include "json_fields.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// A fault for each setting that changes what a model computes and is not supported.
void refuse_settings(const fields::JsonFields& fields, const Architecture& shape);

}  // namespace turngreen::checkpoint
