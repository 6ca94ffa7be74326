#include "turngreen/engine/checkpoint/mapped_memory.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include "report/scratch_directory.h"
#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {
namespace {

constexpr std::size_t kSize = std::size_t{8} << 20;

/// Bytes of files that are mapped and in this process's memory.
std::size_t mapped_in_memory() {
  std::size_t size = 0;
  std::size_t resident = 0;
  std::size_t shared = 0;
  std::ifstream("/proc/self/statm") >> size >> resident >> shared;
  return shared * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

bool all_are(std::span<const std::byte> bytes, std::byte value) {
  return std::all_of(bytes.begin(), bytes.end(), [&](std::byte byte) { return byte == value; });
}

TEST(MappedMemory, is_given_back_and_the_tensor_can_be_read_again) {
  const report::ScratchDirectory scratch;
  const std::vector<std::byte> bytes(kSize, std::byte{7});
  const std::vector<NamedTensor> tensors = {
      {"a", {Dtype::u8, {static_cast<std::int64_t>(kSize)}, bytes}}};
  ASSERT_TRUE(write_safetensors(scratch / "m", tensors));
  const auto file = SafetensorsFile::open(scratch / "m").value();
  const TensorView& tensor = file.tensors().find("a")->second;
  ASSERT_TRUE(all_are(tensor.bytes, std::byte{7}));
  const std::size_t before = mapped_in_memory();
  release_mapped(tensor.bytes);
  EXPECT_LT(mapped_in_memory() + kSize / 2, before);
  EXPECT_TRUE(all_are(tensor.bytes, std::byte{7}));
}

TEST(MappedMemory, leaves_the_neighbours_of_a_tensor_alone) {
  const report::ScratchDirectory scratch;
  const std::array<std::byte, 8> few{};
  const std::vector<std::byte> many(kSize, std::byte{7});
  const std::vector<NamedTensor> tensors = {
      {"a", {Dtype::u8, {8}, few}}, {"b", {Dtype::u8, {static_cast<std::int64_t>(kSize)}, many}}};
  ASSERT_TRUE(write_safetensors(scratch / "m", tensors));
  const auto file = SafetensorsFile::open(scratch / "m").value();
  release_mapped(file.tensors().find("a")->second.bytes);
  release_mapped({});
  EXPECT_TRUE(all_are(file.tensors().find("a")->second.bytes, std::byte{0}));
  EXPECT_TRUE(all_are(file.tensors().find("b")->second.bytes, std::byte{7}));
}

}  // namespace
}  // namespace turngreen::checkpoint
