#include <fmt/format.h>

#include "component_json.h"
#include "turngreen/units/text.h"

namespace turngreen::tokenizer {
namespace {

using nlohmann::json;

Vocabulary read_vocabulary(const JsonFields& fields) {
  Vocabulary vocabulary;
  const json* entries = fields.find("vocab");
  if (entries == nullptr || !entries->is_object()) {
    fields.invalid("vocab", "an object of tokens and their ids belongs here");
    return vocabulary;
  }
  vocabulary.reserve(entries->size());
  for (const auto& [token, id] : entries->items()) {
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= kMostIds) {
      fields.invalid("vocab", fmt::format("the id of {} must be a whole number below {}",
                                          units::in_quotes(token), kMostIds));
      continue;
    }
    vocabulary.add(token, id.get<std::uint32_t>());
  }
  return vocabulary;
}

using Merges = std::vector<std::pair<std::string, std::string>>;

/// ["a", "b"] or "a b".
bool read_merge(const json& entry, Merges& out) {
  if (entry.is_array()) {
    if (entry.size() != 2 || !entry[0].is_string() || !entry[1].is_string()) return false;
    out.emplace_back(entry[0].get<std::string>(), entry[1].get<std::string>());
    return true;
  }
  if (!entry.is_string()) return false;
  const auto& line = entry.get_ref<const std::string&>();
  if (line.starts_with("#version")) return true;
  const auto blank = line.find(' ');
  if (blank == std::string::npos || line.find(' ', blank + 1) != std::string::npos) return false;
  out.emplace_back(line.substr(0, blank), line.substr(blank + 1));
  return true;
}

Merges read_merges(const JsonFields& fields) {
  Merges merges;
  const json* entries = fields.find("merges");
  if (entries == nullptr || !entries->is_array()) {
    fields.invalid("merges", "an array of pairs belongs here");
    return merges;
  }
  merges.reserve(entries->size());
  std::size_t place = 0;
  for (const json& entry : *entries) {
    // One kind for all, as the reference reads them.
    if (entry.type() != entries->front().type() || !read_merge(entry, merges)) {
      fields.invalid(fmt::format("merges[{}]", place),
                     "a pair belongs here, as [\"a\", \"b\"] or \"a b\", the same for all");
      return merges;
    }
    ++place;
  }
  return merges;
}

BpeOptions read_bpe(const JsonFields& fields) {
  if (const json* dropout = fields.find("dropout"); dropout != nullptr && *dropout != 0) {
    fields.unsupported("dropout", "is not supported; null and 0 are");
  }
  BpeOptions options;
  options.merges = read_merges(fields);
  if (fields.find("unk_token") != nullptr) options.unknown_token = fields.text("unk_token");
  options.continuing_prefix = fields.text("continuing_subword_prefix", "");
  options.end_suffix = fields.text("end_of_word_suffix", "");
  options.fuse_unknown = fields.flag("fuse_unk", false);
  options.byte_fallback = fields.flag("byte_fallback", false);
  options.ignore_merges = fields.flag("ignore_merges", false);
  return options;
}

template <typename Built>
std::optional<Model> built_or_fault(Built&& built, const JsonFields& fields) {
  if (built) return Model(std::move(*built));
  fields.faults().add(built.error().kind, fields.place(), built.error().message);
  return std::nullopt;
}

}  // namespace

std::optional<Model> read_model(const JsonFields& fields) {
  const std::string type = fields.text("type");
  if (type == "WordPiece") {
    const WordPieceOptions options{fields.text("unk_token"),
                                   fields.text("continuing_subword_prefix"),
                                   fields.number("max_input_chars_per_word", ~std::uint64_t{0})};
    return built_or_fault(WordPiece::build(read_vocabulary(fields), options), fields);
  }
  if (type == "BPE") {
    const BpeOptions options = read_bpe(fields);
    return built_or_fault(Bpe::build(read_vocabulary(fields), options), fields);
  }
  if (type == "WordLevel") {
    return built_or_fault(WordLevel::build(read_vocabulary(fields), fields.text("unk_token")),
                          fields);
  }
  fields.unsupported("type",
                     fmt::format("the model {} is not supported; WordPiece, BPE and WordLevel are",
                                 units::in_quotes(type)));
  return std::nullopt;
}

}  // namespace turngreen::tokenizer
