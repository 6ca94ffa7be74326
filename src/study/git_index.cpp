#include "git_index.h"

#include <sys/stat.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = 64u << 20;
constexpr const char* kUnknown = "unknown";

// The format: gitformat-index(5).
constexpr std::size_t kFixedBytes = 62;  // of an entry, up to its flags, where hashes are SHA-1
constexpr std::uint16_t kExtended = 0x4000;
constexpr std::uint16_t kNameLength = 0x0fff;
constexpr std::uint16_t kAssumeValid = 0x8000;
constexpr std::uint16_t kSkipWorktree = 0x4000;  // of the extended flags
constexpr std::uint32_t kGitlink = 0160000;

struct Entry {
  std::uint32_t seconds = 0, nanoseconds = 0, mode = 0, size = 0;
  bool unwatched = false;  ///< git was told not to look at it
  std::string path;
};

/// Reads forward; empty once the bytes are not what they should be.
class IndexReader {
 public:
  explicit IndexReader(std::string_view bytes) : bytes_(bytes) {}

  bool open() {
    if (bytes_.size() < 12 || !bytes_.starts_with("DIRC")) return false;
    version_ = number(4, 4);
    count_ = number(8, 4);
    at_ = 12;
    return version_ >= 2 && version_ <= 4;
  }
  std::uint32_t count() const { return count_; }

  std::optional<Entry> next() {
    if (bytes_.size() - at_ < kFixedBytes + 2) return std::nullopt;
    const std::size_t begin = at_;
    Entry entry;
    entry.seconds = number(at_ + 8, 4);
    entry.nanoseconds = number(at_ + 12, 4);
    entry.mode = number(at_ + 24, 4);
    entry.size = number(at_ + 36, 4);
    const auto flags = static_cast<std::uint16_t>(number(at_ + 60, 2));
    at_ += kFixedBytes;
    entry.unwatched = (flags & kAssumeValid) != 0;
    if ((flags & kExtended) != 0) {
      entry.unwatched = entry.unwatched || (number(at_, 2) & kSkipWorktree) != 0;
      at_ += 2;
    }
    if (!(version_ == 4 ? read_compressed_name() : read_name(begin, flags))) return std::nullopt;
    entry.path = name_;
    return entry;
  }

  /// Whether the tree of the last commit is known to be that of the index (extension "TREE").
  bool nothing_staged() const {
    for (std::size_t at = at_; bytes_.size() >= 20 && at + 8 <= bytes_.size() - 20;) {
      const std::size_t size = number(at + 4, 4);
      const std::string_view content = bytes_.substr(at + 8, size);
      // Path of the root (none), NUL, number of entries: -1 where it is not known.
      if (bytes_.substr(at, 4) == "TREE") return content.size() > 2 && content[1] != '-';
      at += 8 + size;
    }
    return false;
  }

 private:
  std::uint32_t number(std::size_t at, std::size_t size) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size && at + i < bytes_.size(); ++i) {
      value = value << 8 | static_cast<unsigned char>(bytes_[at + i]);
    }
    return value;
  }

  bool read_name(std::size_t begin, std::uint16_t flags) {
    const auto end = bytes_.find('\0', at_);
    if (end == std::string_view::npos) return false;
    name_ = bytes_.substr(at_, end - at_);
    const std::size_t length = flags & kNameLength;
    if (length != kNameLength && length != name_.size()) return false;
    at_ = begin + (end - begin + 8) / 8 * 8;  // NULs up to a multiple of eight bytes
    return at_ <= bytes_.size();
  }

  /// How many bytes of the last name to drop, then what to add to it.
  bool read_compressed_name() {
    std::size_t drop = 0;
    for (bool more = true, first = true; more; first = false) {
      if (at_ >= bytes_.size() || drop > name_.size()) return false;
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      drop = first ? byte & 0x7fu : (drop + 1) << 7 | (byte & 0x7fu);
      more = (byte & 0x80u) != 0;
    }
    const auto end = bytes_.find('\0', at_);
    if (drop > name_.size() || end == std::string_view::npos) return false;
    name_.resize(name_.size() - drop);
    name_ += bytes_.substr(at_, end - at_);
    at_ = end + 1;
    return true;
  }

  std::string_view bytes_;
  std::uint32_t version_ = 0, count_ = 0;
  std::size_t at_ = 0;
  std::string name_;
};

enum class Change { none, perhaps, certain };

Change change_of(const Entry& entry, const fs::path& tree) {
  if (entry.unwatched || (entry.mode & 0170000) == kGitlink) return Change::none;
  struct stat status {};
  if (::lstat((tree / entry.path).c_str(), &status) != 0) return Change::certain;
  const bool same_kind = (status.st_mode & S_IFMT) == (entry.mode & S_IFMT);
  const bool same_size = static_cast<std::uint32_t>(status.st_size) == entry.size;
  if (!same_kind || !same_size) return Change::certain;
  const bool same_time = static_cast<std::uint32_t>(status.st_mtim.tv_sec) == entry.seconds &&
                         (entry.nanoseconds == 0 ||
                          static_cast<std::uint32_t>(status.st_mtim.tv_nsec) == entry.nanoseconds);
  return same_time ? Change::none : Change::perhaps;
}

}  // namespace

std::string changes_since_index(const fs::path& index, const fs::path& tree) {
  std::error_code error;
  const auto size = fs::file_size(index, error);
  if (error || size > kMostBytes) return kUnknown;
  std::ifstream in(index, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  IndexReader reader(bytes);
  if (!reader.open()) return kUnknown;
  bool perhaps = false;
  for (std::uint32_t i = 0; i < reader.count(); ++i) {
    const auto entry = reader.next();
    if (!entry) return kUnknown;
    const Change change = change_of(*entry, tree);
    if (change == Change::certain) return "yes";
    perhaps = perhaps || change == Change::perhaps;
  }
  return perhaps || !reader.nothing_staged() ? "perhaps" : "no";
}

}  // namespace turngreen::study
