// Encodes the texts of a file again and again, and prints what that took:
//   tokenizer_speed TOKENIZER.json FILE.jsonl COLUMN THREADS ROUNDS
// One line of JSON for each round: bytes of text, seconds, tokens. Texts are cut to nothing.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/tokenizer/encoder.h"

namespace {

using namespace turngreen;

std::vector<std::string> texts_of(const std::string& file, const std::string& column) {
  std::vector<std::string> texts;
  auto reader = data::RowReader::open(file, {.text = column});
  std::vector<data::Row> rows;
  while (reader && reader->next(rows, 1000) && !rows.empty()) {
    for (data::Row& row : rows) texts.push_back(std::move(row.text));
  }
  return texts;
}

std::size_t encode_all(std::vector<tokenizer::Encoder>& encoders,
                       const std::vector<std::string>& texts) {
  constexpr std::size_t kRun = 64;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> tokens{0};
  const auto work = [&](tokenizer::Encoder& encoder) {
    std::size_t mine = 0;
    for (std::size_t begin = next.fetch_add(kRun); begin < texts.size();
         begin = next.fetch_add(kRun)) {
      for (std::size_t n = begin; n < std::min(begin + kRun, texts.size()); ++n) {
        mine += encoder.encode(texts[n])->ids.size();
      }
    }
    tokens += mine;
  };
  std::vector<std::jthread> others;
  for (std::size_t n = 1; n < encoders.size(); ++n)
    others.emplace_back(work, std::ref(encoders[n]));
  work(encoders[0]);
  others.clear();
  return tokens;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: tokenizer_speed TOKENIZER.json FILE.jsonl COLUMN THREADS ROUNDS\n";
    return 2;
  }
  auto tokenizer = tokenizer::Tokenizer::load(argv[1]);
  if (!tokenizer || !tokenizer->set_truncation(std::nullopt)) {
    std::cerr << (tokenizer ? "cannot lift the truncation" : tokenizer.error().message) << '\n';
    return 1;
  }
  const auto texts = texts_of(argv[2], argv[3]);
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  std::vector<tokenizer::Encoder> encoders;
  for (int n = 0; n < std::atoi(argv[4]); ++n) encoders.emplace_back(*tokenizer);
  for (int round = 0; round < std::atoi(argv[5]); ++round) {
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t tokens = encode_all(encoders, texts);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << "{\"bytes\": " << bytes << ", \"seconds\": " << took.count()
              << ", \"tokens\": " << tokens << "}\n";
  }
}
