#include "turngreen/engine/checkpoint/model_folder.h"

#include <fmt/format.h>

#include "folder_json.h"
#include "sentence_modules.h"
#include "tokenizer_length.h"
#include "weight_files.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;

Result<ModelConfig> read_config(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    const bool is_there = fs::exists(folder, ignored);
    return fail(
        is_there ? Error::Kind::invalid_input : Error::Kind::not_found,
        fmt::format("{}: {}; name a folder with config.json, model.safetensors and "
                    "tokenizer.json",
                    folder.string(), is_there ? "this is no folder" : "there is no such folder"));
  }
  const fs::path file = folder / "config.json";
  const auto text = files::read_whole_file(file, kLargestJsonFile);
  if (text) return parse_model_config(*text, file.string());
  if (text.error().kind != Error::Kind::not_found) return tl::unexpected<Error>(text.error());
  // Older sentence-transformers keep the encoder one folder further down.
  const auto modules = read_sentence_modules(folder);
  return fail(Error::Kind::not_found, fmt::format("{}: holds no config.json{}{}", folder.string(),
                                                  modules && modules->obstacle ? "; " : "",
                                                  modules ? modules->obstacle.value_or("") : ""));
}

}  // namespace

Result<ModelFolder> ModelFolder::open(const fs::path& path) {
  auto config = read_config(path);
  if (!config) return tl::unexpected<Error>(std::move(config.error()));
  auto weights = open_weights(path);
  if (!weights) return tl::unexpected<Error>(std::move(weights.error()));
  const auto max_length = read_max_length(path, config->architecture.max_positions);
  if (!max_length) return tl::unexpected<Error>(max_length.error());
  auto modules = read_sentence_modules(path);
  if (!modules) return tl::unexpected<Error>(std::move(modules.error()));

  ModelFolder folder;
  folder.path_ = path;
  folder.config_ = std::move(*config);
  folder.files_ = std::move(weights->files);
  folder.tensors_ = std::move(weights->tensors);
  folder.max_length_ = *max_length;
  folder.normalizes_sentences_ = modules->normalizes;
  folder.sentence_obstacle_ = std::move(modules->obstacle);
  std::error_code ignored;
  if (fs::exists(path / "tokenizer.json", ignored)) folder.tokenizer_ = path / "tokenizer.json";
  return folder;
}

}  // namespace turngreen::checkpoint
