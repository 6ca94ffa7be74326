#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/units/result.h"

namespace turngreen::data {

/// Ids of the texts of several rows, within the mapped file that they are kept in.
class CachedTokens {
 public:
  CachedTokens(CachedTokens&& other) noexcept;
  CachedTokens& operator=(CachedTokens&&) = delete;
  ~CachedTokens();

  std::span<const std::int32_t> ids_of(std::size_t row) const {
    return ids_.subspan(starts_[row], starts_[row + 1] - starts_[row]);
  }

 private:
  friend class TokenCache;
  CachedTokens(void* mapped, std::size_t bytes) : mapped_(mapped), bytes_(bytes) {}

  void* mapped_;
  std::size_t bytes_;
  std::span<const std::int32_t> ids_;
  std::vector<std::size_t> starts_;
};

/// Keeps the tokens of texts in a folder, a file for each list of rows, named by a hash of the
/// texts and of what turned them into tokens. Labels are not in it. Files appear as a whole, so
/// several processes may share a folder. One that is damaged counts as none; what is in it is
/// checked before it is used, all but that ids are those of the vocabulary (the model does that).
class TokenCache {
 public:
  /// `tokenizer`: all that decides the ids of a text, such as the content of tokenizer.json and the
  /// length that texts are cut at. Error: the folder is not there and cannot be made.
  static Result<TokenCache> open(const std::filesystem::path& folder, std::string_view tokenizer);

  std::optional<CachedTokens> find(std::span<const Row> rows) const;
  /// `ids`: of all rows, head to tail. Error: they cannot be written; then there is no file.
  Result<void> keep(std::span<const Row> rows, std::span<const std::uint32_t> lengths,
                    std::span<const std::int32_t> ids) const;

 private:
  using Key = std::array<std::uint64_t, 2>;
  TokenCache(std::filesystem::path folder, Key tokenizer)
      : folder_(std::move(folder)), tokenizer_(tokenizer) {}
  Key key_of(std::span<const Row> rows) const;
  std::filesystem::path file_of(const Key& key) const;

  std::filesystem::path folder_;
  Key tokenizer_;
};

/// $XDG_CACHE_HOME/turngreen/tokens, else ~/.cache/turngreen/tokens. Error: neither is known.
Result<std::filesystem::path> default_token_cache_folder();

}  // namespace turngreen::data
