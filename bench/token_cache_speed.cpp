// Loads the texts of a file again and again, tokenized and from the token cache in turns:
//   token_cache_speed TOKENIZER.json FILE.jsonl COLUMN FOLDER ROUNDS
// One line of JSON for each round: the processor seconds of reading and tokenizing, and of reading
// with the cache, which the first round fills where the folder is empty.
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "turngreen/engine/data/load_examples.h"

namespace {

using namespace turngreen;

struct Loaded {
  std::int64_t rows = 0;
  std::uint64_t cached_rows = 0;
  double seconds = 0;
};

Loaded load(const char* file, const tokenizer::Tokenizer& tokenizer,
            const data::LoadOptions& options) {
  const std::clock_t begin = std::clock();
  const auto loaded = data::load_examples(file, tokenizer, options).value();
  return {loaded.examples.size(), loaded.cached_rows,
          static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: token_cache_speed TOKENIZER.json FILE.jsonl COLUMN FOLDER ROUNDS\n";
    return 2;
  }
  auto tokenizer = tokenizer::Tokenizer::load(argv[1]);
  const auto cache = data::TokenCache::open(argv[4], argv[1]);
  if (!tokenizer || !cache ||
      !tokenizer->set_truncation(tokenizer::Truncation{.max_length = 512})) {
    std::cerr << "the tokenizer or the folder cannot be used\n";
    return 1;
  }
  data::LoadOptions plain;
  plain.read.text = argv[3];
  data::LoadOptions cached = plain;
  cached.cache = &*cache;
  for (int round = 0; round < std::atoi(argv[5]); ++round) {
    const Loaded without = load(argv[2], *tokenizer, plain);
    const Loaded with = load(argv[2], *tokenizer, cached);
    std::cout << "{\"rows\": " << without.rows << ", \"tokenized_seconds\": " << without.seconds
              << ", \"cached_rows\": " << with.cached_rows
              << ", \"with_cache_seconds\": " << with.seconds << "}\n";
  }
}
