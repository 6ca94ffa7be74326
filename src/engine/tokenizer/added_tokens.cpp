#include "added_tokens.h"

#include <fmt/format.h>

#include <algorithm>

#include "turngreen/units/text.h"
#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

bool ends_with_word(std::string_view text, std::size_t end) {
  return end > 0 && properties(code_point_before(text, end)).has(Property::word);
}

bool starts_with_word(std::string_view text, std::size_t at) {
  return at < text.size() && properties(next_code_point(text, at)).has(Property::word);
}

bool is_space(char32_t code) { return properties(code).has(Property::white_space); }

std::size_t before_space(std::string_view text, std::size_t end) {
  while (end > 0 && is_space(code_point_before(text, end))) {
    do --end;
    while (!begins_code_point(text[end]));
  }
  return end;
}

std::size_t behind_space(std::string_view text, std::size_t at) {
  for (std::size_t after = at; at < text.size() && is_space(next_code_point(text, after));)
    at = after;
  return at;
}

}  // namespace

Result<void> AddedTokenPass::add(std::string_view text, std::uint32_t id, const AddedToken& token) {
  const ByteTrie::Node node = trie_.walk(text);
  if (node != ByteTrie::kNowhere && trie_.value(node) != ByteTrie::kNoValue) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{} and {} are both looked for as {}; leave one of them out",
                            units::in_quotes(tokens_[trie_.value(node)].token.content),
                            units::in_quotes(token.content), units::in_quotes(text)));
  }
  trie_.insert(text, static_cast<std::uint32_t>(tokens_.size()));
  tokens_.push_back({id, token});
  begins_[static_cast<unsigned char>(text.front())] = true;
  return {};
}

AddedTokenPass::Match AddedTokenPass::match_at(std::string_view text, std::size_t at) const {
  Match match;
  ByteTrie::Node node = ByteTrie::kRoot;
  while (at < text.size()) {
    node = trie_.step(node, text[at++]);
    if (node == ByteTrie::kNowhere) break;
    if (trie_.value(node) != ByteTrie::kNoValue) match = {at, &tokens_[trie_.value(node)]};
  }
  return match;
}

void AddedTokenPass::split(std::string_view whole, ByteRange range, std::vector<Piece>& out) const {
  const std::string_view text = whole.substr(range.begin, range.size());
  const auto append = [&](std::size_t begin, std::size_t end, std::uint32_t id) {
    out.push_back({{range.begin + static_cast<std::uint32_t>(begin),
                    range.begin + static_cast<std::uint32_t>(end)},
                   id});
  };
  std::size_t taken = 0;  // behind the last token, and the white space that it took
  std::size_t at = empty() ? text.size() : 0;
  while (true) {
    while (at < text.size() && !begins_[static_cast<unsigned char>(text[at])]) ++at;
    if (at >= text.size()) break;
    const Match match = match_at(text, at);
    if (match.entry == nullptr) {
      ++at;
      continue;
    }
    std::size_t begin = at;
    std::size_t end = match.end;
    at = match.end;
    const AddedToken& token = match.entry->token;
    if (token.single_word && (ends_with_word(text, begin) || starts_with_word(text, end))) continue;
    if (token.lstrip) begin = std::max(before_space(text, begin), taken);
    if (token.rstrip) end = behind_space(text, end);
    if (taken < begin) append(taken, begin, kNoToken);
    // Nothing is left of a token that begins in white space which the one before it took.
    if (begin < end) append(begin, end, match.entry->id);
    taken = end;
  }
  if (taken < text.size()) append(taken, text.size(), kNoToken);
}

Result<AddedTokens> AddedTokens::build(std::vector<AddedToken> tokens, std::size_t vocabulary_size,
                                       const std::function<std::uint32_t(std::string_view)>& id_of,
                                       const NormalizerList& normalizers, std::string_view place) {
  AddedTokens all;
  std::map<std::string, std::uint32_t, std::less<>> ids;
  auto next_id = static_cast<std::uint32_t>(vocabulary_size);
  for (AddedToken& token : tokens) {
    if (token.content.empty()) continue;  // as in the reference
    const auto known = ids.find(token.content);
    std::uint32_t id = known != ids.end() ? known->second : id_of(token.content);
    if (id == kNoToken) id = next_id++;
    ids[token.content] = id;
    all.by_id_[id] = std::move(token);
  }
  for (const auto& [id, token] : all.by_id_) {
    std::string text = token.content;
    if (token.normalized) {
      AlignedText aligned;
      aligned.assign(text, {0, static_cast<std::uint32_t>(text.size())});
      normalizers.apply(aligned);
      if (aligned.has_overflowed()) {
        return fail(Error::Kind::unsupported,
                    fmt::format("{}: the normalizer makes {} more than {} times as long", place,
                                units::in_quotes(token.content), AlignedText::kMostGrowth));
      }
      text = aligned.text();
    }
    if (text.empty()) {
      return fail(
          Error::Kind::unsupported,
          fmt::format("{}: nothing is left of {} once it is normalized, so that it cannot be "
                      "found; give it \"normalized\": false",
                      place, units::in_quotes(token.content)));
    }
    auto added = (token.normalized ? all.normalized_ : all.raw_).add(text, id, token);
    if (!added) {
      added.error().message = fmt::format("{}: {}", place, added.error().message);
      return tl::unexpected<Error>(std::move(added.error()));
    }
  }
  return all;
}

}  // namespace turngreen::tokenizer
