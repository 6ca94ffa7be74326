#include "companion_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <vector>

#include "sentence_modules.h"
#include "turngreen/engine/files/output_file.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 14> kCompanions = {"tokenizer.json",
                                                          "tokenizer_config.json",
                                                          "special_tokens_map.json",
                                                          "added_tokens.json",
                                                          "vocab.txt",
                                                          "vocab.json",
                                                          "merges.txt",
                                                          "spiece.model",
                                                          "sentencepiece.bpe.model",
                                                          "tokenizer.model",
                                                          "chat_template.jinja",
                                                          "modules.json",
                                                          "sentence_bert_config.json",
                                                          "config_sentence_transformers.json"};

Result<void> copy_whole(const fs::path& from, const fs::path& to) {
  constexpr std::size_t kStep = 1U << 20;
  std::ifstream in(from, std::ios::binary);
  auto out = files::OutputFile::create(to);
  if (!out) return tl::unexpected<Error>(std::move(out.error()));
  std::vector<char> step(kStep);
  while (in) {
    in.read(step.data(), static_cast<std::streamsize>(step.size()));
    auto written = out->write({step.data(), static_cast<std::size_t>(in.gcount())});
    if (!written) return written;
  }
  if (!in.eof()) {
    return fail(Error::Kind::io, fmt::format("{}: cannot be read", from.string()));
  }
  return out->finish();
}

/// The files of a module: its config.json, and weights where it has some.
Result<void> copy_module(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::is_directory(from, error)) return {};  // a module that has nothing to say
  fs::create_directory(to, error);
  if (error) {
    return fail(Error::Kind::io,
                fmt::format("{}: cannot be made: {}", to.string(), error.message()));
  }
  for (const auto& entry : fs::directory_iterator(from, error)) {
    if (!entry.is_regular_file(error)) continue;
    if (auto copied = copy_whole(entry.path(), to / entry.path().filename()); !copied)
      return copied;
  }
  return {};
}

/// "1_Pooling", as sentence-transformers names a module's folder.
bool is_module_folder(std::string_view name) {
  const auto digits = std::find_if(name.begin(), name.end(), [](char character) {
    return std::isdigit(static_cast<unsigned char>(character)) == 0;
  });
  return digits != name.begin() && digits != name.end() && *digits == '_';
}

}  // namespace

Result<void> copy_companions(const fs::path& from, const fs::path& to) {
  std::error_code ignored;
  for (const std::string_view name : kCompanions) {
    if (!fs::is_regular_file(from / name, ignored)) continue;
    if (auto copied = copy_whole(from / name, to / name); !copied) return copied;
  }
  const auto modules = read_sentence_modules(from);
  if (!modules) return tl::unexpected<Error>(modules.error());
  for (const std::string& name : modules->folders) {
    if (auto copied = copy_module(from / name, to / name); !copied) return copied;
  }
  return {};
}

bool belongs_to_model(std::string_view name) {
  const bool is_weights = (name.starts_with("model") && name.ends_with(".safetensors")) ||
                          name == "model.safetensors.index.json" ||
                          name.starts_with("pytorch_model") || name == "tf_model.h5" ||
                          name == "flax_model.msgpack";
  return is_weights || name == "config.json" || is_module_folder(name) ||
         std::find(kCompanions.begin(), kCompanions.end(), name) != kCompanions.end();
}

}  // namespace turngreen::checkpoint
