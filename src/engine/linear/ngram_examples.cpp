#include "turngreen/engine/linear/ngram_examples.h"

#include <cmath>
#include <vector>

#include "blocks.h"

namespace turngreen::linear {
namespace {

constexpr std::size_t kTextsOfBlock = 256;

/// What a block of texts became.
struct FoundBlock {
  std::vector<std::uint32_t> buckets;
  std::vector<std::size_t> counts;
};

}  // namespace

void append_ngrams(data::Examples& examples, Ngrams kind, std::span<const std::string_view> texts,
                   int threads) {
  std::vector<FoundBlock> found(blocks_of(texts.size(), kTextsOfBlock));
  for_each_block(texts.size(), kTextsOfBlock, threads, [&](Block block) {
    NgramFinder finder(kind);
    FoundBlock& out = found[block.index];
    for (std::size_t n = block.begin; n < block.end; ++n) {
      const auto buckets = finder.find(texts[n]);
      out.buckets.insert(out.buckets.end(), buckets.begin(), buckets.end());
      out.counts.push_back(buckets.size());
    }
  });
  for (const FoundBlock& block : found) {
    examples.ids.insert(examples.ids.end(), block.buckets.begin(), block.buckets.end());
    for (const std::size_t count : block.counts)
      examples.starts.push_back(examples.starts.back() + static_cast<std::int64_t>(count));
  }
}

float feature_of(std::size_t count) {
  return count == 0 ? 0.0F : 1.0F / std::sqrt(static_cast<float>(count));
}

}  // namespace turngreen::linear
