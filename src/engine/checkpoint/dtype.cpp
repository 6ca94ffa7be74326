#include "dtype.h"

#include <algorithm>
#include <array>

namespace turngreen::checkpoint {
namespace {

struct Row {
  Dtype dtype;
  std::string_view name;
  std::size_t bytes;
};

// In the order of writing, which is the reverse of the enumeration in the safetensors crate.
constexpr std::array kRows = {Row{Dtype::i64, "I64", 8},   Row{Dtype::f64, "F64", 8},
                              Row{Dtype::f32, "F32", 4},   Row{Dtype::i32, "I32", 4},
                              Row{Dtype::bf16, "BF16", 2}, Row{Dtype::f16, "F16", 2},
                              Row{Dtype::i16, "I16", 2},   Row{Dtype::i8, "I8", 1},
                              Row{Dtype::u8, "U8", 1},     Row{Dtype::boolean, "BOOL", 1}};

constexpr std::array<std::string_view, 12> kOthers = {
    "U64",         "U32",     "U16",     "C64",         "F8_E4M3", "F8_E5M2",
    "F8_E4M3FNUZ", "F8_E8M0", "F6_E2M3", "F8_E5M2FNUZ", "F6_E3M2", "F4"};

const Row& row_of(Dtype dtype) { return kRows.at(static_cast<std::size_t>(place_of(dtype))); }

}  // namespace

std::size_t bytes_of(Dtype dtype) { return row_of(dtype).bytes; }
std::string_view name_of(Dtype dtype) { return row_of(dtype).name; }

std::optional<Dtype> dtype_named(std::string_view name) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
  return found == kRows.end() ? std::nullopt : std::optional(found->dtype);
}

bool is_safetensors_dtype(std::string_view name) {
  return dtype_named(name) || std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
}

int place_of(Dtype dtype) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.dtype == dtype; });
  return static_cast<int>(found - kRows.begin());
}

}  // namespace turngreen::checkpoint
