#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "engine/checkpoint/safetensors_content.h"
#include "require.h"

namespace turngreen::checkpoint {
namespace {

using fuzz::require;

/// The input is a whole file.
void feed(std::span<const std::byte> file) {
  const auto content = parse_safetensors(file, "m.safetensors");
  if (!content) {
    require(content.error().message.starts_with("m.safetensors: "), "a fault names the file");
    return;
  }
  std::size_t data = 0;
  for (const auto& [name, tensor] : content->tensors) {
    std::size_t size = bytes_of(tensor.dtype);
    for (const std::int64_t dimension : tensor.shape) size *= static_cast<std::size_t>(dimension);
    require(tensor.bytes.size() == size, "a tensor has the bytes of its shape");
    require(tensor.bytes.empty() ||
                (tensor.bytes.data() >= file.data() && &tensor.bytes.back() <= &file.back()),
            "a tensor lies within the file");
    data += size;
  }
  std::uint64_t header = 0;
  std::memcpy(&header, file.data(), sizeof header);
  require(sizeof header + header + data == file.size(), "each byte is of the header or a tensor");
}

}  // namespace
}  // namespace turngreen::checkpoint

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::checkpoint::feed(std::as_bytes(std::span(data, size)));
  return 0;
}
