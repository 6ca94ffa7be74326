#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/data/json_row.h"
#include "engine/data/json_row_sax.h"
#include "engine/data/label_column.h"
#include "engine/data/text_window.h"
#include "require.h"

namespace turngreen::data {
namespace {

using fuzz::require;

/// What the labels become, as each kind of label.
void check_labels(const Cell& label) {
  using checkpoint::Problem;
  for (const Problem problem : {Problem::single_label, Problem::multi_label, Problem::regression}) {
    const auto column = make_label_column(problem, std::nullopt);
    Examples examples;
    const bool is_added = column->add(label).has_value();
    const bool is_added_again = column->add(label).has_value();
    require(is_added == is_added_again, "a label that fits once fits twice");
    const std::size_t rows = is_added ? 2 : 0;
    const checkpoint::Labels labels = column->finish(examples);
    if (problem == Problem::single_label) {
      require(examples.classes.size() == rows, "each row has a class");
      require(labels.names.size() == (is_added ? 1U : 0U), "one label is one class");
    } else {
      require(examples.targets.size() == rows * labels.names.size() || rows == 0,
              "each row has its targets");
    }
  }
}

/// Both parsers make the same of a row. Memory behind the line, which one of them reads, is there.
void feed(std::string_view line) {
  const Columns columns{"t", "l"};
  static JsonRowParser parser(columns);  // its memory is used again, as in a file
  const std::string padded = std::string(line) + std::string(TextWindow::kPadding, ' ');
  Row fast;
  Row slow;
  const auto first = parser.parse(std::string_view(padded).substr(0, line.size()), fast);
  const auto second = parse_json_row_sax(line, columns, slow);
  require(first.has_value() == second.has_value(), "both parsers take a row or neither does");
  if (!first) {
    require(!first.error().message.empty(), "a fault is told");
    return;
  }
  require(fast.text == slow.text, "both parsers find the same text");
  require(fast.label == slow.label, "both parsers find the same label");
  check_labels(fast.label);
}

}  // namespace
}  // namespace turngreen::data

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::data::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
