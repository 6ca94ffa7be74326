#pragma once

#include <array>
#include <vector>

#include "report/scratch_directory.h"
#include "turngreen/engine/checkpoint/model_folder.h"

namespace turngreen::checkpoint {

/// Tensors of one row of floats, whose values are their places in the row.
class SmallTensors {
 public:
  SmallTensors& add(std::string name, std::size_t columns) {
    std::vector<float>& row = rows_.emplace_back(columns);
    for (std::size_t at = 0; at < columns; ++at) row[at] = static_cast<float>(at);
    tensors_.push_back(
        {std::move(name),
         {Dtype::f32, {static_cast<std::int64_t>(columns)}, std::as_bytes(std::span(row))}});
    return *this;
  }
  std::span<const NamedTensor> all() const { return tensors_; }

 private:
  std::vector<std::vector<float>> rows_;
  std::vector<NamedTensor> tensors_;
};

inline constexpr const char* kSmallConfig =
    R"({"model_type": "bert", "hidden_size": 8, "num_attention_heads": 2, "mine": 1})";

/// The least that is a model's folder.
inline void write_small_model(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  report::write_file(folder / "config.json", kSmallConfig);
  report::write_file(folder / "tokenizer.json", "{}");
  SmallTensors tensors;
  (void)write_safetensors(folder / "model.safetensors", tensors.add("a", 4).all());
}

}  // namespace turngreen::checkpoint
