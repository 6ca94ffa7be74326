#include "embedding_output.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::engine {

EmbeddingOutput::EmbeddingOutput(std::string file, std::optional<files::OutputFile> lines)
    : file_(std::move(file)), lines_(std::move(lines)) {}

Result<EmbeddingOutput> EmbeddingOutput::create(const std::string& file) {
  auto lines = files::OutputFile::create(file);
  if (!lines) return tl::unexpected<Error>(lines.error());
  if (!file.ends_with(".safetensors")) return EmbeddingOutput(file, *std::move(lines));
  // That it can be written there is known now; the writer makes a file of its own.
  return EmbeddingOutput(file, std::nullopt);
}

Result<void> EmbeddingOutput::write(std::span<const std::uint64_t> rows,
                                    std::span<const float> vectors) {
  if (!lines_) {
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    vectors_.insert(vectors_.end(), vectors.begin(), vectors.end());
    return {};
  }
  const std::size_t width = rows.empty() ? 0 : vectors.size() / rows.size();
  std::string text;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    text += fmt::format("{{\"row\": {}, \"embedding\": [", rows[n]);
    const char* separator = "";
    for (const float value : vectors.subspan(n * width, width)) {
      text += separator;
      text += std::isfinite(value) ? fmt::format("{}", value) : "null";
      separator = ", ";
    }
    text += "]}\n";
  }
  return lines_->write(text);
}

Result<void> EmbeddingOutput::write_tensors(std::int64_t width) const {
  const auto count = static_cast<std::int64_t>(rows_.size());
  const std::array<checkpoint::NamedTensor, 2> tensors = {
      {{"embeddings", {checkpoint::Dtype::f32, {count, width}, std::as_bytes(std::span(vectors_))}},
       {"rows", {checkpoint::Dtype::i64, {count}, std::as_bytes(std::span(rows_))}}}};
  return checkpoint::write_safetensors(file_, tensors);
}

Result<void> EmbeddingOutput::finish(std::int64_t width) {
  return lines_ ? lines_->finish() : write_tensors(width);
}

}  // namespace turngreen::engine
