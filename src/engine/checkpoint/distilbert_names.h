#pragma once

#include <nlohmann/json.hpp>

namespace turngreen::checkpoint {

/// DistilBERT's configuration takes BERT's names for some of its own (its attribute_map), and
/// prefers them where both are there. Renames them to its own.
inline void use_distilbert_names(nlohmann::json& file) {
  constexpr const char* kNames[][2] = {{"hidden_size", "dim"},
                                       {"num_attention_heads", "n_heads"},
                                       {"num_hidden_layers", "n_layers"}};
  for (const auto& [other, own] : kNames) {
    if (!file.contains(other)) continue;
    file[own] = file[other];
    file.erase(other);
  }
}

}  // namespace turngreen::checkpoint
