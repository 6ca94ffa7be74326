#include "token_rows.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <atomic>
#include <iterator>
#include <thread>

#include "text_row.h"

namespace turngreen::engine {
namespace {

/// Rows that a thread takes at a time.
constexpr std::size_t kRun = 64;

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

TokenRowWriter::TokenRowWriter(const tokenizer::Tokenizer& tokenizer, TokenRowOptions options)
    : options_(std::move(options)) {
  for (int n = 0; n < options_.threads; ++n) encoders_.emplace_back(tokenizer);
}

void TokenRowWriter::write_one(const InputRow& row, tokenizer::Encoder& encoder,
                               TokenRows& out) const {
  const auto text = text_of_row(row.text, options_.column);
  if (!text) {
    out.bad.push_back({row.line, text.error()});
    return;
  }
  const auto encoding =
      encoder.encode(*text, {.add_special_tokens = true, .with_offsets = options_.with_offsets});
  if (!encoding) {
    out.bad.push_back({row.line, encoding.error()});
    return;
  }
  append_row(out.text, row.row, *encoding, options_.with_offsets);
  ++out.rows;
  out.tokens += encoding->ids.size();
}

std::vector<TokenRows> TokenRowWriter::write(std::span<const InputRow> rows) {
  std::vector<TokenRows> runs((rows.size() + kRun - 1) / kRun);
  std::atomic<std::size_t> next{0};
  const auto work = [&](tokenizer::Encoder& encoder) {
    for (std::size_t run = next++; run < runs.size(); run = next++) {
      for (const InputRow& row :
           rows.subspan(run * kRun, std::min(kRun, rows.size() - run * kRun))) {
        write_one(row, encoder, runs[run]);
      }
    }
  };
  std::vector<std::jthread> others;
  for (std::size_t n = 1; n < encoders_.size(); ++n)
    others.emplace_back(work, std::ref(encoders_[n]));
  work(encoders_[0]);
  others.clear();  // joins them
  return runs;
}

}  // namespace turngreen::engine
