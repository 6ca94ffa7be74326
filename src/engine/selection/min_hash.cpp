#include "turngreen/engine/selection/min_hash.h"

#include "min_hash_kernel.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

constexpr std::array<bool, 256> kIsSpace = [] {
  std::array<bool, 256> is_space{};
  for (const char c : {' ', '\t', '\n', '\v', '\f', '\r'})
    is_space[static_cast<unsigned char>(c)] = true;
  return is_space;
}();

/// Fixed: signatures are compared within a run alone, and runs are to be repeatable.
const Permutations& permutations() {
  static const Permutations all = [] {
    Permutations made;
    std::uint64_t state = 1;
    const auto next = [&] { return mixed(state += 0x9E3779B97F4A7C15); };
    for (std::size_t n = 0; n < kPermutations; ++n) {
      made.factors[n] = static_cast<std::uint32_t>(next() >> 32) | 1U;
      made.offsets[n] = static_cast<std::uint32_t>(next() >> 32);
    }
    return made;
  }();
  return all;
}

/// The hash of the last few words, rolled on by each further one: the value at kFactor of the
/// polynomial whose coefficients are the words' hashes.
class RollingShingle {
 public:
  void add(std::uint64_t word) {
    std::uint64_t& place = words_[count_ % kWordsOfShingle];
    const std::uint64_t gone = count_ >= kWordsOfShingle ? place : 0;
    place = word;
    sum_ = sum_ * kFactor + word - gone * kGone;
    ++count_;
  }
  std::size_t words() const { return count_; }
  std::uint32_t hash() const { return static_cast<std::uint32_t>(mixed(sum_) >> 32); }

 private:
  static constexpr std::uint64_t kFactor = 0xD1342543DE82EF95;
  static constexpr std::uint64_t kGone = [] {
    std::uint64_t power = 1;
    for (std::size_t n = 0; n < kWordsOfShingle; ++n) power *= kFactor;
    return power;
  }();
  std::array<std::uint64_t, kWordsOfShingle> words_{};
  std::size_t count_ = 0;
  std::uint64_t sum_ = 0;
};

}  // namespace

MinHash::MinHash() : kernel_(&best_min_hash_kernel()) {}

Signature MinHash::signature_of(std::string_view text) const {
  Signature signature;
  signature.minima.fill(0xffffffff);
  std::array<std::uint32_t, 256> hashes;  // of shingles that wait for the kernel
  std::size_t waiting = 0;
  const auto flush = [&] {
    kernel_->lower(permutations(), hashes.data(), waiting, signature.minima.data());
    waiting = 0;
  };
  const auto is_space = [](char c) { return kIsSpace[static_cast<unsigned char>(c)]; };
  RollingShingle shingle;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    while (at != end && is_space(*at)) ++at;
    if (at == end) break;
    const char* const begin = at;
    while (at != end && !is_space(*at)) ++at;
    shingle.add(hash_of({begin, static_cast<std::size_t>(at - begin)}, 0));
    if (shingle.words() < kWordsOfShingle) continue;
    if (waiting == hashes.size()) flush();
    hashes[waiting++] = shingle.hash();
  }
  if (shingle.words() > 0 && shingle.words() < kWordsOfShingle) hashes[waiting++] = shingle.hash();
  flush();
  return signature;
}

double similarity(const Signature& a, const Signature& b) {
  return best_min_hash_kernel().equal_places(a.minima.data(), b.minima.data()) /
         static_cast<double>(kPermutations);
}

}  // namespace turngreen::selection
