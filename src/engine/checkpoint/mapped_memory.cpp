#include "turngreen/engine/checkpoint/mapped_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>

namespace turngreen::checkpoint {

void release_mapped(std::span<const std::byte> bytes) {
  // Whole pages alone: the first and the last may belong to neighbours too.
  const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
  const auto begin = reinterpret_cast<std::uintptr_t>(bytes.data());
  const std::uintptr_t skipped = (page - begin % page) % page;
  if (bytes.size() < skipped + page) return;
  const std::size_t size = (bytes.size() - skipped) / page * page;
  ::madvise(const_cast<std::byte*>(bytes.data()) + skipped, size, MADV_DONTNEED);
}

}  // namespace turngreen::checkpoint
