#pragma once

#include <ATen/ops/full.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>

#include "model/checkpoint_tensor.h"
#include "turngreen/engine/checkpoint/model_folder.h"

namespace turngreen::model {

/// A BERT of one layer with 4 features, in a folder that is gone with it. Every number of a tensor
/// is the same.
class SmallBert {
 public:
  SmallBert() {
    std::string name = (std::filesystem::temp_directory_path() / "small-bert-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const auto dense = [&](const std::string& module, std::int64_t in, std::int64_t out) {
      set(module + ".weight", {out, in});
      set(module + ".bias", {out});
    };
    const auto norm = [&](const std::string& module) {
      set(module + ".weight", {4});
      set(module + ".bias", {4});
    };
    set("embeddings.word_embeddings.weight", {9, 4});
    set("embeddings.position_embeddings.weight", {8, 4});
    set("embeddings.token_type_embeddings.weight", {2, 4});
    norm("embeddings.LayerNorm");
    const std::string layer = "encoder.layer.0.";
    for (const char* part : {"query", "key", "value"})
      dense(layer + "attention.self." + part, 4, 4);
    dense(layer + "attention.output.dense", 4, 4);
    norm(layer + "attention.output.LayerNorm");
    dense(layer + "intermediate.dense", 4, 6);
    dense(layer + "output.dense", 6, 4);
    norm(layer + "output.LayerNorm");
  }
  SmallBert(const SmallBert&) = delete;
  SmallBert& operator=(const SmallBert&) = delete;
  ~SmallBert() { std::filesystem::remove_all(folder_); }

  void set(const std::string& name, const std::vector<std::int64_t>& shape, float value = 0.5F) {
    tensors_[name] = at::full(shape, value, at::kFloat);
  }
  void remove(const std::string& name) { tensors_.erase(name); }
  const std::filesystem::path& path() const { return folder_; }

  checkpoint::ModelFolder open() const {
    std::vector<checkpoint::NamedTensor> views;
    for (const auto& [name, tensor] : tensors_) views.push_back({name, view_of(tensor)});
    if (!checkpoint::write_safetensors(folder_ / "model.safetensors", views))
      throw std::runtime_error("the small model could not be written");
    std::ofstream(folder_ / "config.json")
        << R"({"model_type": "bert", "vocab_size": 9, "hidden_size": 4, "num_hidden_layers": 1,
               "num_attention_heads": 2, "intermediate_size": 6, "max_position_embeddings": 8,
               "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12,
               "pad_token_id": 0})";
    return checkpoint::ModelFolder::open(folder_).value();
  }

 private:
  std::filesystem::path folder_;
  std::map<std::string, at::Tensor> tensors_;
};

}  // namespace turngreen::model
