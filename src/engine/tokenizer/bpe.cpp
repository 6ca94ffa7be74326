#include "bpe.h"

#include <fmt/format.h>

#include <algorithm>

#include "byte_level.h"
#include "segment.h"
#include "turngreen/units/text.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

tl::unexpected<Error> lacks(std::string_view place, std::string_view token) {
  return fail(Error::Kind::invalid_input,
              fmt::format("{}: the vocabulary lacks {}; add it there, or leave this out", place,
                          units::in_quotes(token)));
}

}  // namespace

Result<Bpe> Bpe::build(Vocabulary vocabulary, const BpeOptions& options) {
  Bpe model;
  model.vocabulary_ = std::move(vocabulary);
  model.continuing_prefix_ = options.continuing_prefix;
  model.end_suffix_ = options.end_suffix;
  model.fuse_unknown_ = options.fuse_unknown;
  model.byte_fallback_ = options.byte_fallback;
  model.ignore_merges_ = options.ignore_merges;
  model.unknown_ = kNoToken;
  if (options.unknown_token) {
    model.unknown_ = model.vocabulary_.id_of(*options.unknown_token);
    if (model.unknown_ == kNoToken) return lacks("unk_token", *options.unknown_token);
  }
  if (const auto added = model.add_merges(options); !added)
    return tl::unexpected<Error>(added.error());
  model.prepare_bytes();
  return model;
}

Result<void> Bpe::add_merges(const BpeOptions& options) {
  merges_ = MergeTable(options.merges.size());
  for (std::size_t rank = 0; rank < options.merges.size(); ++rank) {
    const auto& [left, right] = options.merges[rank];
    const std::string place = fmt::format("merges[{}]", rank);
    const std::uint32_t left_id = vocabulary_.id_of(left);
    const std::uint32_t right_id = vocabulary_.id_of(right);
    if (left_id == kNoToken) return lacks(place, left);
    if (right_id == kNoToken) return lacks(place, right);
    // The reference takes off as many bytes as the prefix has, without looking at them.
    if (right.size() < continuing_prefix_.size()) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{}: {} is shorter than continuing_subword_prefix", place,
                              units::in_quotes(right)));
    }
    const std::string whole = left + right.substr(continuing_prefix_.size());
    const std::uint32_t merged = vocabulary_.id_of(whole);
    if (merged == kNoToken) return lacks(place, whole);
    merges_.add(left_id, right_id, {static_cast<std::uint32_t>(rank), merged});
  }
  return {};
}

void Bpe::prepare_bytes() {
  takes_bytes_ = continuing_prefix_.empty() && end_suffix_.empty();
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::string letter;
    append_code_point(letter, code_point_of_byte(static_cast<std::uint8_t>(byte)));
    byte_ids_[byte] = vocabulary_.id_of(letter);
    takes_bytes_ &= byte_ids_[byte] != kNoToken;
    fallback_ids_[byte] = vocabulary_.id_of(fmt::format("<0x{:02X}>", byte));
  }
  if (!takes_bytes_ || !ignore_merges_) return;
  byte_words_.reserve(vocabulary_.size());
  for (const auto& [token, id] : vocabulary_) {
    if (auto bytes = bytes_of_alphabet(token)) byte_words_.add(std::move(*bytes), id);
  }
}

bool Bpe::add_bytes(std::string_view symbol, BpeWord& work) const {
  const auto id = [&](char byte) { return fallback_ids_[static_cast<unsigned char>(byte)]; };
  if (std::any_of(symbol.begin(), symbol.end(), [&](char byte) { return id(byte) == kNoToken; })) {
    return false;
  }
  for (const char byte : symbol) work.add(id(byte), 1);
  return true;
}

void Bpe::tokenize(std::string_view word, BpeWord& work, std::vector<WordToken>& out) const {
  if (ignore_merges_) {
    if (const std::uint32_t id = vocabulary_.id_of(word); id != kNoToken) {
      out.assign(1, {id, static_cast<std::uint32_t>(word.size())});
      return;
    }
  }
  work.clear();
  std::uint32_t unknown_length = 0;  // of the one that is still to be added
  const auto add_unknown = [&] {
    if (unknown_length != 0) work.add(unknown_, unknown_length);
    unknown_length = 0;
  };
  std::string symbol;
  for (std::size_t at = 0; at < word.size();) {
    const std::size_t begin = at;
    next_code_point(word, at);
    const auto length = static_cast<std::uint32_t>(at - begin);
    symbol.clear();
    if (begin != 0) symbol += continuing_prefix_;
    symbol += word.substr(begin, length);
    if (at == word.size()) symbol += end_suffix_;
    if (const std::uint32_t id = vocabulary_.id_of(symbol); id != kNoToken) {
      add_unknown();
      work.add(id, length);
      continue;
    }
    // As in the reference, bytes go before an unknown one that is still to be added.
    if (byte_fallback_ && add_bytes(symbol, work)) continue;
    if (unknown_ == kNoToken) continue;
    if (!fuse_unknown_) add_unknown();
    unknown_length += length;
  }
  add_unknown();
  work.merge(merges_, out);
}

void Bpe::tokenize_bytes(std::string_view word, BpeWord& work, std::vector<WordToken>& out) const {
  if (ignore_merges_) {
    if (const std::uint32_t id = byte_words_.id_of(word); id != kNoToken) {
      out.assign(1, {id, static_cast<std::uint32_t>(word.size())});
      return;
    }
  }
  work.clear();
  for (const char byte : word) work.add(byte_ids_[static_cast<unsigned char>(byte)], 1);
  work.merge(merges_, out);
}

}  // namespace turngreen::tokenizer
