#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::checkpoint {

enum class Dtype : std::uint8_t { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };

std::size_t bytes_of(Dtype dtype);
std::string_view name_of(Dtype dtype);  ///< as safetensors writes it: "F32"

/// A tensor that lies in memory elsewhere: contiguous, little-endian, row by row. Those of a file
/// may lie at any address: the format asks for no alignment.
struct TensorView {
  Dtype dtype = Dtype::f32;
  std::vector<std::int64_t> shape;   ///< empty: one number
  std::span<const std::byte> bytes;  ///< as many as shape and dtype say
};

/// A memory-mapped safetensors file. Its views are valid as long as it is.
///
/// Files are hostile: whatever the format forbids is an error (docs/engine-formats.md lists it).
/// Only a file that is cut while it is mapped is not guarded against: reading what is gone ends the
/// program (SIGBUS). Whoever replaces a file by renaming does no harm.
class SafetensorsFile {
 public:
  /// Error: no such file, no permission, no regular file, a fault in it, with the tensor.
  static Result<SafetensorsFile> open(const std::filesystem::path& file);
  SafetensorsFile(SafetensorsFile&&) noexcept;
  SafetensorsFile& operator=(SafetensorsFile&&) noexcept;
  ~SafetensorsFile();

  const std::map<std::string, TensorView, std::less<>>& tensors() const;
  const std::map<std::string, std::string>& metadata() const;

 private:
  class Mapping;
  explicit SafetensorsFile(std::unique_ptr<Mapping> mapping);
  std::unique_ptr<Mapping> mapping_;
};

struct NamedTensor {
  std::string name;
  TensorView tensor;
};

/// Writes the file whole or not at all (a temporary file, flushed and renamed), with the metadata
/// {"format": "pt"} that transformers asks for. Error: no room, no permission, two tensors of one
/// name.
Result<void> write_safetensors(const std::filesystem::path& file,
                               std::span<const NamedTensor> tensors);

}  // namespace turngreen::checkpoint
