#pragma once

#include <vector>

#include "json_fields.h"
#include "tokenizer_parts.h"

namespace turngreen::tokenizer {

using fields::Faults;
using fields::JsonFields;

/// Ids are below this: what is indexed by them stays small.
inline constexpr std::uint64_t kMostIds = 1U << 24;

// Each reads one component of a tokenizer.json, and adds a fault for what it cannot.

/// Appends; a Sequence is several.
void read_normalizer(const JsonFields& fields, std::vector<Normalizer>& out);
void read_pre_tokenizer(const JsonFields& fields, std::vector<PreTokenizer>& out);
PostProcessor read_post_processor(const JsonFields& fields);
/// Absent where there was a fault.
std::optional<Model> read_model(const JsonFields& fields);

}  // namespace turngreen::tokenizer
