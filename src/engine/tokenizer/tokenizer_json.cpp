#include "tokenizer_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "component_json.h"
#include "json_file.h"
#include "turngreen/units/text.h"

namespace turngreen::tokenizer {
namespace {

using nlohmann::json;

std::vector<AddedToken> read_added_tokens(const JsonFields& file) {
  std::vector<AddedToken> tokens;
  if (file.find("added_tokens") == nullptr) return tokens;
  for (const JsonFields& fields : file.objects("added_tokens")) {
    tokens.push_back({fields.text("content"), fields.flag("single_word"), fields.flag("lstrip"),
                      fields.flag("rstrip"), fields.flag("normalized"), fields.flag("special")});
  }
  return tokens;
}

Direction read_direction(const JsonFields& fields, std::optional<std::size_t> otherwise) {
  return fields.choice("direction", {"Right", "Left"}, otherwise) == 0 ? Direction::right
                                                                       : Direction::left;
}

Truncation read_truncation(const JsonFields& fields) {
  Truncation truncation;
  truncation.max_length = fields.number("max_length", ~std::uint64_t{0});
  truncation.direction = read_direction(fields, 0);
  fields.choice("strategy", {"LongestFirst", "OnlyFirst"});
  if (fields.number("stride", ~std::uint64_t{0}) != 0) {
    fields.unsupported("stride", "is not supported; 0 is");
  }
  return truncation;
}

Padding read_padding(const JsonFields& fields) {
  Padding padding;
  if (const json* strategy = fields.find("strategy");
      strategy != nullptr && strategy->is_object()) {
    padding.fixed_length = fields.object("strategy").number("Fixed", ~std::uint64_t{0});
  } else {
    fields.choice("strategy", {"BatchLongest"});
  }
  if (fields.find("pad_to_multiple_of") != nullptr) {
    padding.multiple_of = fields.number("pad_to_multiple_of", ~std::uint64_t{0});
  }
  padding.direction = read_direction(fields, std::nullopt);
  padding.pad_id = static_cast<std::uint32_t>(fields.number("pad_id", kMostIds - 1));
  padding.pad_type_id = static_cast<std::uint32_t>(fields.number("pad_type_id", ~std::uint32_t{0}));
  padding.pad_token = fields.text("pad_token");
  return padding;
}

/// The blanks of the model's tokens by id, for trimming offsets.
std::vector<Blanks> read_blanks(const Vocabulary& vocabulary, Faults& faults) {
  std::uint32_t most = 0;
  for (const auto& [token, id] : vocabulary) most = std::max(most, id);
  std::vector<Blanks> blanks(std::size_t{most} + 1);
  std::vector<bool> is_taken(blanks.size());
  for (const auto& [token, id] : vocabulary) {
    if (is_taken[id]) {
      faults.add(Error::Kind::unsupported, "model.vocab",
                 fmt::format("two tokens have the id {}; trimmed offsets need one", id));
    }
    is_taken[id] = true;
    blanks[id] = blanks_of(token);
  }
  return blanks;
}

void read_lengths(const JsonFields& fields, TokenizerParts& parts) {
  if (fields.find("truncation") != nullptr) {
    parts.truncation = read_truncation(fields.object("truncation"));
    const std::size_t added = parts.post_processor.added();
    if (parts.truncation->max_length < added) {
      fields.invalid("truncation.max_length",
                     fmt::format("{} leaves no room for the {} tokens that the post-processor adds",
                                 parts.truncation->max_length, added));
    }
  }
  if (fields.find("padding") != nullptr) parts.padding = read_padding(fields.object("padding"));
}

Result<TokenizerParts> read_parts(const JsonFields& fields) {
  Faults& faults = fields.faults();
  if (fields.text("version", "1.0") != "1.0")
    fields.unsupported("version", "only \"1.0\" is supported");
  TokenizerParts parts;
  if (fields.find("normalizer") != nullptr) {
    std::vector<Normalizer> normalizers;
    read_normalizer(fields.object("normalizer"), normalizers);
    parts.normalizers = NormalizerList(std::move(normalizers));
  }
  if (fields.find("pre_tokenizer") != nullptr) {
    std::vector<PreTokenizer> pre_tokenizers;
    read_pre_tokenizer(fields.object("pre_tokenizer"), pre_tokenizers);
    parts.pre_tokenizers = PreTokenizerList(std::move(pre_tokenizers));
  }
  if (fields.find("post_processor") != nullptr) {
    parts.post_processor = read_post_processor(fields.object("post_processor"));
  }
  read_lengths(fields, parts);
  auto tokens = read_added_tokens(fields);
  auto model = read_model(fields.object("model"));
  if (!faults.empty() || !model) return tl::unexpected<Error>(faults.error());

  parts.model = std::move(*model);
  const Vocabulary& vocabulary = parts.vocabulary();
  auto added = AddedTokens::build(
      std::move(tokens), vocabulary.size(),
      [&](std::string_view token) { return vocabulary.id_of(token); }, parts.normalizers,
      "added_tokens");
  if (!added) {
    faults.add(added.error().kind, "", added.error().message);
    return tl::unexpected<Error>(faults.error());
  }
  parts.added = std::move(*added);
  const auto* bpe = std::get_if<Bpe>(&parts.model);
  parts.uses_bytes =
      bpe != nullptr && bpe->takes_bytes() && parts.pre_tokenizers.ends_in_byte_level();
  if (!parts.post_processor.trims.empty()) parts.blanks = read_blanks(vocabulary, faults);
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());
  return parts;
}

}  // namespace

Result<TokenizerParts> parse_tokenizer(std::string_view text, std::string_view file) {
  Faults faults(file);
  const auto whole = fields::parse_json(text, faults);
  if (!whole) return tl::unexpected<Error>(faults.error());
  return read_parts(JsonFields(*whole, "", faults));
}

}  // namespace turngreen::tokenizer
