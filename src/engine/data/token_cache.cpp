#include "turngreen/engine/data/token_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <utility>

#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::data {
namespace {

namespace fs = std::filesystem;
using selection::hash_of;

constexpr std::array<char, 8> kMagic = {'t', 'g', 't', 'o', 'k', 'e', 'n', '1'};

/// A file is this, the number of ids of each row, and the ids, all as the processor has them.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::array<std::uint64_t, 2> key = {};
  std::uint64_t rows = 0;
  std::uint64_t ids = 0;
  std::uint64_t checksum = 0;  ///< of all that follows
};

template <typename T>
std::string_view bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

struct Mapped {
  void* at = MAP_FAILED;
  std::size_t bytes = 0;
};

Mapped map_file(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return {};
  struct stat status {};
  Mapped mapped;
  if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) &&
      status.st_size >= static_cast<off_t>(sizeof(Header))) {
    mapped.bytes = static_cast<std::size_t>(status.st_size);
    mapped.at = ::mmap(nullptr, mapped.bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
  }
  ::close(descriptor);
  return mapped;
}

}  // namespace

CachedTokens::CachedTokens(CachedTokens&& other) noexcept
    : mapped_(std::exchange(other.mapped_, nullptr)),
      bytes_(other.bytes_),
      ids_(other.ids_),
      starts_(std::move(other.starts_)) {}

CachedTokens::~CachedTokens() {
  if (mapped_ != nullptr) ::munmap(mapped_, bytes_);
}

Result<TokenCache> TokenCache::open(const fs::path& folder, std::string_view tokenizer) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (!fs::is_directory(folder)) {
    return fail(Error::Kind::io,
                fmt::format("{}: is no folder that tokens can be kept in ({}); name another with "
                            "--token-cache-folder",
                            folder.string(), fault ? fault.message() : "it is something else"));
  }
  return TokenCache(folder, {hash_of(tokenizer, 1), hash_of(tokenizer, 2)});
}

TokenCache::Key TokenCache::key_of(std::span<const Row> rows) const {
  Key key = tokenizer_;
  for (const Row& row : rows)
    for (std::uint64_t& half : key) half = hash_of(row.text, half);
  return key;
}

fs::path TokenCache::file_of(const Key& key) const {
  return folder_ / fmt::format("{:016x}{:016x}.tokens", key[0], key[1]);
}

std::optional<CachedTokens> TokenCache::find(std::span<const Row> rows) const {
  const Key key = key_of(rows);
  const Mapped file = map_file(file_of(key));
  if (file.at == MAP_FAILED) return std::nullopt;
  CachedTokens tokens(file.at, file.bytes);
  Header header;
  std::memcpy(&header, file.at, sizeof header);
  if (header.magic != kMagic || header.key != key || header.rows != rows.size())
    return std::nullopt;
  // Of so many rows as there are in memory the lengths fit into any size; ids are bounded by the
  // file's.
  const std::size_t lengths_bytes = rows.size() * sizeof(std::uint32_t);
  const std::size_t rest = file.bytes - sizeof header;
  if (rest < lengths_bytes || (rest - lengths_bytes) % sizeof(std::int32_t) != 0 ||
      (rest - lengths_bytes) / sizeof(std::int32_t) != header.ids)
    return std::nullopt;
  const char* const content = static_cast<const char*>(file.at) + sizeof header;
  if (hash_of({content, rest}, 0) != header.checksum) return std::nullopt;
  const std::span lengths(reinterpret_cast<const std::uint32_t*>(content), rows.size());
  tokens.ids_ = {reinterpret_cast<const std::int32_t*>(content + lengths_bytes),
                 static_cast<std::size_t>(header.ids)};
  tokens.starts_.push_back(0);
  for (const std::uint32_t length : lengths) {
    if (length > tokens.ids_.size() - tokens.starts_.back()) return std::nullopt;
    tokens.starts_.push_back(tokens.starts_.back() + length);
  }
  if (tokens.starts_.back() != tokens.ids_.size()) return std::nullopt;
  return tokens;
}

Result<void> TokenCache::keep(std::span<const Row> rows, std::span<const std::uint32_t> lengths,
                              std::span<const std::int32_t> ids) const {
  std::string content(bytes_of(lengths));
  content += bytes_of(ids);
  Header header;
  header.key = key_of(rows);
  header.rows = rows.size();
  header.ids = ids.size();
  header.checksum = hash_of(content, 0);

  auto file = files::OutputFile::create(file_of(header.key));
  if (!file) return tl::unexpected(file.error());
  const auto of_header = bytes_of(std::span<const Header>(&header, 1));
  if (auto written = file->write(of_header); !written) return written;
  if (auto written = file->write(content); !written) return written;
  return file->finish();
}

Result<fs::path> default_token_cache_folder() {
  const char* const cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && fs::path(cache).is_absolute())
    return fs::path(cache) / "turngreen/tokens";
  const char* const home = std::getenv("HOME");
  if (home != nullptr && fs::path(home).is_absolute())
    return fs::path(home) / ".cache/turngreen/tokens";
  return fail(Error::Kind::not_found,
              "--token-cache on: neither XDG_CACHE_HOME nor HOME says where to keep tokens; say "
              "--token-cache-folder FOLDER");
}

}  // namespace turngreen::data
