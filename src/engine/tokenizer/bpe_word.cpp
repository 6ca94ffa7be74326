#include "bpe_word.h"

#include <algorithm>
#include <tuple>

namespace turngreen::tokenizer {

bool BpeWord::comes_later(const Candidate& a, const Candidate& b) {
  return std::tie(a.rank, a.position) > std::tie(b.rank, b.position);
}

void BpeWord::add(std::uint32_t id, std::uint32_t length) {
  const auto here = static_cast<std::int32_t>(symbols_.size());
  if (here > 0) symbols_.back().after = here;
  symbols_.push_back({id, length, here - 1, -1});
}

void BpeWord::consider(const MergeTable& merges, std::int32_t left, std::int32_t right) {
  if (left < 0 || right < 0) return;
  const MergeTable::Merge* merge = merges.find(symbol(left).id, symbol(right).id);
  if (merge == nullptr) return;
  heap_.push_back({merge->rank, left, merge->merged});
  std::push_heap(heap_.begin(), heap_.end(), comes_later);
}

void BpeWord::merge(const MergeTable& merges, std::vector<WordToken>& out) {
  heap_.clear();
  for (std::int32_t left = 0; left + 1 < static_cast<std::int32_t>(symbols_.size()); ++left) {
    consider(merges, left, left + 1);
  }
  while (!heap_.empty()) {
    std::pop_heap(heap_.begin(), heap_.end(), comes_later);
    const Candidate top = heap_.back();
    heap_.pop_back();
    Symbol& left = symbol(top.position);
    if (left.length == 0 || left.after < 0) continue;
    Symbol& right = symbol(left.after);
    // The pair may have changed since it was put there.
    const MergeTable::Merge* merge = merges.find(left.id, right.id);
    if (merge == nullptr || merge->merged != top.merged) continue;
    left.id = top.merged;
    left.length += right.length;
    left.after = right.after;
    right.length = 0;
    if (left.after >= 0) symbol(left.after).before = top.position;
    consider(merges, left.before, top.position);
    consider(merges, top.position, left.after);
  }
  out.clear();
  for (const Symbol& symbol : symbols_) {
    if (symbol.length != 0) out.push_back({symbol.id, symbol.length});
  }
}

}  // namespace turngreen::tokenizer
