#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "json_fields.h"
#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// What each of ModernBERT's layers sees, from layer_types and rope_parameters (transformers 5) or
/// from global_attn_every_n_layers, global_rope_theta and local_rope_theta (transformers 4).
void read_attention(const fields::JsonFields& fields, std::span<LayerAttention> layers);

/// Says it both ways. A pattern of layers that transformers 4 cannot be told has it refuse the file
/// (a null), where it would compute something else.
void write_attention(nlohmann::json& file, std::span<const LayerAttention> layers);

}  // namespace turngreen::checkpoint
