// Finds near-duplicates among the texts of a file again and again, and prints what that took:
//   minhash_speed FILE.jsonl COLUMN THRESHOLD THREADS ROUNDS
// One line of JSON for each round: rows, seconds from the texts in memory to the kept rows, of the
// clock and of all processors, and those rows.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/selection/duplicates.h"

namespace {

using namespace turngreen;
using selection::DuplicateFinder;

std::vector<std::string> texts_of(const std::string& file, const std::string& column) {
  std::vector<std::string> texts;
  auto reader = data::RowReader::open(file, {.text = column});
  std::vector<data::Row> rows;
  while (reader && reader->next(rows, 1000) && !rows.empty()) {
    for (data::Row& row : rows) texts.push_back(std::move(row.text));
  }
  return texts;
}

std::vector<DuplicateFinder::Mark> marks_of(const std::vector<std::string>& texts,
                                            const DuplicateFinder& finder, int threads) {
  constexpr std::size_t kRun = 64;
  std::vector<DuplicateFinder::Mark> marks(texts.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t begin = next.fetch_add(kRun); begin < texts.size();
         begin = next.fetch_add(kRun)) {
      for (std::size_t n = begin; n < std::min(begin + kRun, texts.size()); ++n)
        marks[n] = finder.mark_of(texts[n]);
    }
  };
  std::vector<std::jthread> others;
  for (int n = 1; n < threads; ++n) others.emplace_back(work);
  work();
  others.clear();
  return marks;
}

std::vector<std::size_t> kept_rows(const std::vector<std::string>& texts, double threshold,
                                   int threads) {
  auto finder = *DuplicateFinder::create({.dedup = selection::Dedup::near, .threshold = threshold});
  const auto marks = marks_of(texts, finder, threads);
  std::vector<std::size_t> kept;
  for (std::size_t row = 0; row < texts.size(); ++row) {
    if (finder.find(marks[row])) continue;
    finder.add(marks[row], row);
    kept.push_back(row);
  }
  return kept;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::cerr << "usage: minhash_speed FILE.jsonl COLUMN THRESHOLD THREADS ROUNDS\n";
    return 2;
  }
  const auto texts = texts_of(argv[1], argv[2]);
  for (int round = 0; round < std::atoi(argv[5]); ++round) {
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t begin_of_processors = std::clock();
    const auto kept = kept_rows(texts, std::atof(argv[3]), std::atoi(argv[4]));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    const double of_processors =
        static_cast<double>(std::clock() - begin_of_processors) / CLOCKS_PER_SEC;
    std::cout << "{\"rows\": " << texts.size() << ", \"seconds\": " << took.count()
              << ", \"processor_seconds\": " << of_processors << ", \"kept\": [";
    for (std::size_t n = 0; n < kept.size(); ++n) std::cout << (n == 0 ? "" : ", ") << kept[n];
    std::cout << "]}\n";
  }
}
