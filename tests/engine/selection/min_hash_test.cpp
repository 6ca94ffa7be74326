#include "turngreen/engine/selection/min_hash.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "min_hash_kernel.h"
#include "turngreen/engine/selection/text_hash.h"

namespace turngreen::selection {
namespace {

std::string text_of(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += word + ' ';
  return text;
}

std::set<std::string> shingles_of(const std::vector<std::string>& words) {
  std::set<std::string> shingles;
  for (std::size_t n = 0; n + kWordsOfShingle <= words.size(); ++n)
    shingles.insert(text_of({words.begin() + static_cast<std::ptrdiff_t>(n),
                             words.begin() + static_cast<std::ptrdiff_t>(n + kWordsOfShingle)}));
  return shingles;
}

double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto of_a = shingles_of(a);
  const auto of_b = shingles_of(b);
  std::size_t shared = 0;
  for (const std::string& shingle : of_a) shared += of_b.count(shingle);
  return static_cast<double>(shared) / static_cast<double>(of_a.size() + of_b.size() - shared);
}

TEST(MinHash, estimates_the_jaccard_similarity_of_shingles) {
  std::mt19937 random(7);
  const MinHash min_hash;
  double error = 0;
  constexpr int kPairs = 200;
  for (int pair = 0; pair < kPairs; ++pair) {
    std::vector<std::string> a;
    for (int n = 0; n < 300; ++n) a.push_back(fmt::format("w{}", random() % 1000));
    auto b = a;
    for (int n = 0; n < pair % 40; ++n) b[random() % b.size()] = "other";
    const double estimate =
        similarity(min_hash.signature_of(text_of(a)), min_hash.signature_of(text_of(b)));
    EXPECT_NEAR(estimate, jaccard(a, b), 0.2) << "pair " << pair;  // four and a half deviations
    error += estimate - jaccard(a, b);
  }
  EXPECT_NEAR(error / kPairs, 0, 0.012);  // four deviations of the mean
}

TEST(MinHash, white_space_of_any_kind_and_length_parts_words) {
  const MinHash min_hash;
  EXPECT_EQ(min_hash.signature_of("a b c d e f g"),
            min_hash.signature_of("\n a\tb\r\nc  d\ve\ff g\n"));
  EXPECT_NE(min_hash.signature_of("a b c d e f g"), min_hash.signature_of("a b c d e fg"));
}

TEST(MinHash, a_text_of_few_words_is_one_shingle) {
  const MinHash min_hash;
  EXPECT_EQ(similarity(min_hash.signature_of("a b"), min_hash.signature_of(" a  b ")), 1);
  EXPECT_LT(similarity(min_hash.signature_of("a b"), min_hash.signature_of("b a")), 0.1);
  EXPECT_LT(similarity(min_hash.signature_of("a b"), min_hash.signature_of("")), 0.1);
  EXPECT_EQ(similarity(min_hash.signature_of(" \n"), min_hash.signature_of("")), 1);
}

TEST(MinHash, shingles_count_once_and_in_any_order_of_the_text) {
  const MinHash min_hash;
  EXPECT_EQ(min_hash.signature_of("a b c d e a b c d e"),
            min_hash.signature_of("b c d e a b c d e a"));
}

TEST(MinHash, long_texts_are_the_union_of_their_shingles) {
  std::string text;
  for (int n = 0; n < 5000; ++n) text += fmt::format("word{} ", n);
  const MinHash min_hash;
  const Signature once = min_hash.signature_of(text);
  EXPECT_GT(similarity(once, min_hash.signature_of(text + text)), 0.95);
}

TEST(MinHashKernels, all_give_the_same) {
  std::mt19937 random(3);
  Permutations permutations;
  for (std::size_t n = 0; n < kPermutations; ++n) {
    permutations.factors[n] = static_cast<std::uint32_t>(random()) | 1U;
    permutations.offsets[n] = static_cast<std::uint32_t>(random());
  }
  std::vector<std::uint32_t> hashes(77);
  for (auto& hash : hashes) hash = static_cast<std::uint32_t>(random());
  Signature wanted;
  for (std::size_t n = 0; n < kPermutations; ++n) {
    wanted.minima[n] = 0xffffffff;
    for (const std::uint32_t hash : hashes)
      wanted.minima[n] =
          std::min(wanted.minima[n], permutations.factors[n] * hash + permutations.offsets[n]);
  }
  Signature other = wanted;
  for (std::size_t n = 0; n < kPermutations; n += 3) other.minima[n] += 1;
  for (const MinHashKernel* kernel : min_hash_kernels()) {
    if (!kernel->supported()) continue;
    Signature made;
    made.minima.fill(0xffffffff);
    kernel->lower(permutations, hashes.data(), 40, made.minima.data());
    kernel->lower(permutations, hashes.data() + 40, 37, made.minima.data());
    EXPECT_EQ(made, wanted) << kernel->name;
    EXPECT_EQ(kernel->equal_places(other.minima.data(), wanted.minima.data()), 85U) << kernel->name;
  }
}

TEST(TextHash, tells_texts_of_all_short_lengths_apart) {
  std::set<std::uint64_t> hashes;
  std::string text;
  for (int n = 0; n < 64; ++n) {
    hashes.insert(hash_of(text, 0));
    for (std::size_t at = 0; at < text.size(); ++at) {
      std::string changed = text;
      changed[at] = 'b';
      hashes.insert(hash_of(changed, 0));
    }
    text += 'a';
  }
  EXPECT_EQ(hashes.size(), 64U + 63U * 64U / 2U);
  EXPECT_NE(hash_of("a", 0), hash_of("a", 1));
}

}  // namespace
}  // namespace turngreen::selection
