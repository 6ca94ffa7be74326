#include "token_rows.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>

namespace turngreen::engine {
namespace {

void append_number(std::string& text, std::uint32_t number) {
  const fmt::format_int digits(number);
  text.append(digits.data(), digits.size());
}

void append_row(std::string& text, std::uint64_t row, const tokenizer::Encoding& encoding,
                bool with_offsets) {
  fmt::format_to(std::back_inserter(text), FMT_COMPILE("{{\"row\": {}, \"ids\": ["), row);
  const char* separator = "";
  for (const std::uint32_t id : encoding.ids) {
    text += separator;
    append_number(text, id);
    separator = ", ";
  }
  text += ']';
  if (with_offsets) {
    text += ", \"offsets\": [";
    separator = "[";
    for (const tokenizer::CharacterRange& range : encoding.offsets) {
      text += separator;
      append_number(text, range.begin);
      text += ", ";
      append_number(text, range.end);
      text += ']';
      separator = ", [";
    }
    text += ']';
  }
  text += "}\n";
}

}  // namespace

std::vector<TokenRows> TokenRowWriter::write(std::span<const data::Row> rows) {
  std::vector<TokenRows> runs(data::Encoders::runs_of(rows.size()));
  encoders_.for_each_run(rows.size(), [&](tokenizer::Encoder& encoder, data::Run run) {
    TokenRows& out = runs[run.index];
    for (std::size_t n = run.begin; n < run.end; ++n) {
      const auto encoding =
          encoder.encode(rows[n].text, {.add_special_tokens = true, .with_offsets = with_offsets_});
      if (!encoding) {
        out.bad.push_back({n, encoding.error()});
        continue;
      }
      append_row(out.text, rows[n].number, *encoding, with_offsets_);
      ++out.rows;
      out.tokens += encoding->ids.size();
    }
  });
  return runs;
}

}  // namespace turngreen::engine
