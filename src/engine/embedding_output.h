#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "turngreen/engine/files/output_file.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// Where vectors of texts go: lines of JSON as they come, or, for a name that ends in .safetensors,
/// tensors `embeddings` (F32 [rows, width]) and `rows` (I64 [rows]), which are kept in memory until
/// the end. The file is there as a whole or not at all.
class EmbeddingOutput {
 public:
  static Result<EmbeddingOutput> create(const std::string& file);

  /// `vectors` is [rows, width].
  Result<void> write(std::span<const std::uint64_t> rows, std::span<const float> vectors);
  Result<void> finish(std::int64_t width);

 private:
  EmbeddingOutput(std::string file, std::optional<files::OutputFile> lines);
  Result<void> write_tensors(std::int64_t width) const;

  std::string file_;
  std::optional<files::OutputFile> lines_;  ///< absent: tensors
  std::vector<std::int64_t> rows_;
  std::vector<float> vectors_;
};

}  // namespace turngreen::engine
