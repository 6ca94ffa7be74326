#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <tuple>

#include "dtype.h"
#include "turngreen/engine/checkpoint/safetensors.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

using nlohmann::json;

constexpr std::size_t kAlignment = 8;  // of the data, in bytes

/// As the format orders them: wide types first, then by name.
std::vector<const NamedTensor*> in_order(std::span<const NamedTensor> tensors) {
  std::vector<const NamedTensor*> sorted;
  for (const NamedTensor& tensor : tensors) sorted.push_back(&tensor);
  std::sort(sorted.begin(), sorted.end(), [](const NamedTensor* a, const NamedTensor* b) {
    return std::tuple(place_of(a->tensor.dtype), std::string_view(a->name)) <
           std::tuple(place_of(b->tensor.dtype), std::string_view(b->name));
  });
  return sorted;
}

/// Empty where nothing is wrong.
std::string fault_of(const NamedTensor& named) {
  const TensorView& tensor = named.tensor;
  std::uint64_t size = bytes_of(tensor.dtype);
  for (const std::int64_t dimension : tensor.shape) {
    if (dimension < 0 ||
        __builtin_mul_overflow(size, static_cast<std::uint64_t>(dimension), &size)) {
      return fmt::format("shape [{}] is none", fmt::join(tensor.shape, ", "));
    }
  }
  if (size != tensor.bytes.size()) {
    return fmt::format("there are {} bytes, where {} of shape [{}] takes {}", tensor.bytes.size(),
                       name_of(tensor.dtype), fmt::join(tensor.shape, ", "), size);
  }
  return named.name == "__metadata__" ? "the format keeps this name for itself" : "";
}

/// With its length before it, as the file begins.
Result<std::string> preamble_of(const std::vector<const NamedTensor*>& tensors) {
  // By hand where the order counts; nlohmann's objects are sorted by key.
  std::string text = R"({"__metadata__":{"format":"pt"})";
  std::uint64_t begin = 0;
  std::vector<std::string_view> names;
  for (const NamedTensor* named : tensors) {
    const auto& [dtype, shape, bytes] = named->tensor;
    if (const std::string fault = fault_of(*named); !fault.empty()) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("tensor {}: {}", units::in_quotes(named->name), fault));
    }
    names.push_back(named->name);
    try {
      text += fmt::format(R"(,{}:{{"dtype":"{}","shape":[{}],"data_offsets":[{},{}]}})",
                          json(named->name).dump(), name_of(dtype), fmt::join(shape, ","), begin,
                          begin + bytes.size());
    } catch (const json::exception&) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("tensor {}: the name is no UTF-8", units::in_quotes(named->name)));
    }
    begin += bytes.size();
  }
  std::sort(names.begin(), names.end());
  const auto twin = std::adjacent_find(names.begin(), names.end());
  if (twin != names.end()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("two tensors are named {}", units::in_quotes(*twin)));
  }
  text += "}";
  text.resize((text.size() + kAlignment - 1) / kAlignment * kAlignment, ' ');
  std::string length;
  for (int at = 0; at < 8; ++at) length.push_back(static_cast<char>(text.size() >> (8 * at)));
  return length + text;
}

Result<void> write_parts(const std::filesystem::path& file, std::string_view preamble,
                         const std::vector<const NamedTensor*>& tensors) {
  auto out = files::OutputFile::create(file);
  if (!out) return tl::unexpected<Error>(std::move(out.error()));
  if (auto written = out->write(preamble); !written) return written;
  for (const NamedTensor* named : tensors) {
    const auto bytes = named->tensor.bytes;
    auto written = out->write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (!written) return written;
  }
  return out->finish();
}

}  // namespace

Result<void> write_safetensors(const std::filesystem::path& file,
                               std::span<const NamedTensor> tensors) {
  const auto sorted = in_order(tensors);
  const auto preamble = preamble_of(sorted);
  if (!preamble) {
    return fail(preamble.error().kind,
                fmt::format("{}: {}", file.string(), preamble.error().message));
  }
  return write_parts(file, *preamble, sorted);
}

}  // namespace turngreen::checkpoint
