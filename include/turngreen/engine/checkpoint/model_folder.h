#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/engine/checkpoint/model_config.h"
#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

/// A model as transformers and sentence-transformers keep it: config.json; model.safetensors, or
/// its shards with model.safetensors.index.json; tokenizer.json and its companions.
class ModelFolder {
 public:
  /// Error: no such folder, a file of it missing or faulty; a checkpoint in pickle format is named,
  /// with the way to convert it.
  static Result<ModelFolder> open(const std::filesystem::path& folder);

  const std::filesystem::path& path() const { return path_; }
  const ModelConfig& config() const { return config_; }
  /// All tensors of all shards, by the names they have in the files.
  const std::map<std::string, TensorView, std::less<>>& tensors() const { return tensors_; }
  /// tokenizer.json, where there is one.
  const std::optional<std::filesystem::path>& tokenizer() const { return tokenizer_; }
  /// Tokens at most for who is not told otherwise: the least that tokenizer_config.json
  /// (model_max_length), sentence_bert_config.json (max_seq_length) and the architecture's
  /// max_positions say.
  std::int64_t max_length() const { return max_length_; }
  /// Whether sentence vectors of this model are to have length 1 (a Normalize module of
  /// sentence-transformers).
  bool normalizes_sentences() const { return normalizes_sentences_; }
  /// Why sentence-transformers would make other sentence vectors of this model than the mean of its
  /// tokens (another pooling, a module behind it). Absent where it would not, or says nothing.
  const std::optional<std::string>& sentence_obstacle() const { return sentence_obstacle_; }

 private:
  std::filesystem::path path_;
  ModelConfig config_;
  std::vector<SafetensorsFile> files_;
  std::map<std::string, TensorView, std::less<>> tensors_;
  std::optional<std::filesystem::path> tokenizer_;
  std::int64_t max_length_ = 0;
  bool normalizes_sentences_ = false;
  std::optional<std::string> sentence_obstacle_;
};

/// Writes a folder that transformers loads: config.json, model.safetensors, and the tokenizer's
/// files (and sentence-transformers' modules) of `source`. The folder is whole or as it was before:
/// it is written beside its place and renamed. A folder that is there already is replaced only if
/// it is empty or holds a model; what is no file of a model (checkpoints, notes) stays in it.
Result<void> save_model_folder(const std::filesystem::path& folder, const ModelConfig& config,
                               std::span<const NamedTensor> tensors, const ModelFolder& source);

/// The same files, one by one into a folder that is there and that nobody looks into before its
/// writer has put it in its place.
Result<void> write_model_files(const std::filesystem::path& folder, const ModelConfig& config,
                               std::span<const NamedTensor> tensors, const ModelFolder& source);

}  // namespace turngreen::checkpoint
