#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "report/codecarbon_rows.h"
#include "require.h"

namespace turngreen::report {
namespace {

using fuzz::require;

void check_amount(const std::optional<units::Energy>& energy) {
  if (!energy) return;
  require(std::isfinite(energy->in_joules()) && *energy >= units::Energy(),
          "energies are finite and not below zero");
}

void feed(std::string_view csv) {
  const auto read = parse_codecarbon(csv);
  if (!read) {
    require(!read.error().message.empty(), "an error says something");
    return;
  }
  const auto lines = static_cast<std::size_t>(std::ranges::count(csv, '\n')) + 1;
  require(read->rows.size() < lines, "no row is made up");
  std::size_t before = 0;
  for (const CodeCarbonRow& row : read->rows) {
    require(row.line > before && row.line <= lines, "each row has its line");
    before = row.line;
    require(row.duration >= units::Duration(), "no time runs backward");
    require(read->tasks != row.task.empty(), "rows of a task file name their task");
    require(!row.ended_unix_ns || *row.ended_unix_ns >= 0, "times are after 1970");
    check_amount(row.energy);
    check_amount(row.cpu);
    check_amount(row.gpu);
    check_amount(row.ram);
  }
  require(read->notes.size() <= 101, "notes are bounded");
  for (const FileNote& note : read->notes) {
    require(note.line <= lines && note.text.size() < 1000, "notes name a line and quote little");
  }
}

}  // namespace
}  // namespace turngreen::report

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::report::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
