// Reads the rows of a file again and again, and prints what that took:
//   data_reader_speed FILE TEXT-COLUMN LABEL-COLUMN ROUNDS
// One line of JSON for each round: seconds of processor time, rows, bytes of text.
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <optional>
#include <vector>

#include "turngreen/engine/data/row_reader.h"

namespace {

using namespace turngreen;

struct Read {
  std::size_t rows = 0;
  std::size_t bytes = 0;
};

Result<Read> read_all(const std::string& file, const data::ReadOptions& options) {
  auto reader = data::RowReader::open(file, options);
  if (!reader) return tl::unexpected<Error>(reader.error());
  Read read;
  std::vector<data::Row> rows;
  do {
    if (const auto next = reader->next(rows, 4096); !next) {
      return tl::unexpected<Error>(next.error());
    }
    read.rows += rows.size();
    for (const data::Row& row : rows) read.bytes += row.text.size();
  } while (!rows.empty());
  return read;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: data_reader_speed FILE TEXT-COLUMN LABEL-COLUMN ROUNDS\n";
    return 2;
  }
  for (int round = 0; round < std::atoi(argv[4]); ++round) {
    const std::clock_t begin = std::clock();
    const auto read = read_all(argv[1], {.text = argv[2], .label = argv[3]});
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    if (!read) {
      std::cerr << read.error().message << '\n';
      return 1;
    }
    std::cout << "{\"seconds\": " << took << ", \"rows\": " << read->rows
              << ", \"bytes\": " << read->bytes << "}\n";
  }
}
