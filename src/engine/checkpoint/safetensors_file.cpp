#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "safetensors_content.h"
#include "turngreen/engine/checkpoint/safetensors.h"

namespace turngreen::checkpoint {

/// The mapped pages, and what was found in them.
class SafetensorsFile::Mapping {
 public:
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (!bytes_.empty()) ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
  }

  /// Gives errno where it fails.
  int map(int descriptor, std::size_t size) {
    if (size == 0) return 0;
    void* pages = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (pages == MAP_FAILED) return errno;
    bytes_ = {static_cast<const std::byte*>(pages), size};
    return 0;
  }

  std::span<const std::byte> bytes() const { return bytes_; }

  SafetensorsContent content;

 private:
  std::span<const std::byte> bytes_;
};

SafetensorsFile::SafetensorsFile(std::unique_ptr<Mapping> mapping) : mapping_(std::move(mapping)) {}
SafetensorsFile::SafetensorsFile(SafetensorsFile&&) noexcept = default;
SafetensorsFile& SafetensorsFile::operator=(SafetensorsFile&&) noexcept = default;
SafetensorsFile::~SafetensorsFile() = default;

Result<SafetensorsFile> SafetensorsFile::open(const std::filesystem::path& file) {
  const auto cannot = [&](int reason) {
    const auto kind = reason == ENOENT   ? Error::Kind::not_found
                      : reason == EACCES ? Error::Kind::no_permission
                                         : Error::Kind::io;
    return fail(kind, fmt::format("{}: cannot be read: {}", file.string(), std::strerror(reason)));
  };
  // A pipe in its place must not make us wait for a writer.
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return cannot(errno);
  struct stat status {};
  const int stat_failure = ::fstat(descriptor, &status) != 0 ? errno : 0;
  auto mapping = std::make_unique<Mapping>();
  const bool is_file = stat_failure == 0 && S_ISREG(status.st_mode);
  const int failure =
      is_file ? mapping->map(descriptor, static_cast<std::size_t>(status.st_size)) : stat_failure;
  ::close(descriptor);  // the mapping stays
  if (failure != 0) return cannot(failure);
  if (!is_file) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: this is no regular file; name a safetensors file", file.string()));
  }
  auto content = parse_safetensors(mapping->bytes(), file.string());
  if (!content) return tl::unexpected<Error>(std::move(content.error()));
  mapping->content = std::move(*content);
  return SafetensorsFile(std::move(mapping));
}

const std::map<std::string, TensorView, std::less<>>& SafetensorsFile::tensors() const {
  return mapping_->content.tensors;
}

const std::map<std::string, std::string>& SafetensorsFile::metadata() const {
  return mapping_->content.metadata;
}

}  // namespace turngreen::checkpoint
