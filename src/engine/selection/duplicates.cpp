#include "turngreen/engine/selection/duplicates.h"

#include <fmt/format.h>

#include <unordered_map>
#include <utility>

#include "near_index.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

/// 128 bits stand for a text: two of them share theirs as good as never.
using TextHash = std::array<std::uint64_t, 2>;

struct FirstHalf {
  std::size_t operator()(const TextHash& hash) const { return hash[0]; }
};

using ExactIndex = std::unordered_map<TextHash, std::uint64_t, FirstHalf>;

}  // namespace

struct DuplicateFinder::Index {
  MinHash min_hash;
  std::variant<ExactIndex, NearIndex> texts;
};

DuplicateFinder::DuplicateFinder(std::unique_ptr<Index> index) : index_(std::move(index)) {}
DuplicateFinder::DuplicateFinder(DuplicateFinder&&) noexcept = default;
DuplicateFinder& DuplicateFinder::operator=(DuplicateFinder&&) noexcept = default;
DuplicateFinder::~DuplicateFinder() = default;

Result<DuplicateFinder> DuplicateFinder::create(const DedupOptions& options) {
  if (options.dedup == Dedup::off)
    return fail(Error::Kind::invalid_input, "dedup off: there is nothing to find");
  if (!(options.threshold > 0 && options.threshold <= 1)) {
    return fail(Error::Kind::invalid_input,
                fmt::format("similarity {}: duplicates are found from a similarity above 0 and up "
                            "to 1 on, such as 0.8",
                            options.threshold));
  }
  auto index = std::make_unique<Index>();
  if (options.dedup == Dedup::near) index->texts.emplace<NearIndex>(options.threshold);
  return DuplicateFinder(std::move(index));
}

DuplicateFinder::Mark DuplicateFinder::mark_of(std::string_view text) const {
  if (std::holds_alternative<NearIndex>(index_->texts)) return index_->min_hash.signature_of(text);
  return TextHash{hash_of(text, 1), hash_of(text, 2)};
}

std::optional<Duplicate> DuplicateFinder::find(const Mark& mark) {
  if (auto* near = std::get_if<NearIndex>(&index_->texts))
    return near->find(std::get<Signature>(mark));
  const auto& texts = std::get<ExactIndex>(index_->texts);
  const auto found = texts.find(std::get<TextHash>(mark));
  if (found == texts.end()) return std::nullopt;
  return Duplicate{.row = found->second};
}

void DuplicateFinder::add(const Mark& mark, std::uint64_t row) {
  if (auto* near = std::get_if<NearIndex>(&index_->texts))
    return near->add(std::get<Signature>(mark), row);
  std::get<ExactIndex>(index_->texts).emplace(std::get<TextHash>(mark), row);
}

}  // namespace turngreen::selection
