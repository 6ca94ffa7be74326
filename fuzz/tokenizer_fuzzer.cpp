#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "require.h"
#include "turngreen/engine/tokenizer/encoder.h"

namespace turngreen::tokenizer {
namespace {

using fuzz::require;

std::vector<CharacterRange> copy(std::span<const CharacterRange> ranges) {
  return {ranges.begin(), ranges.end()};
}

/// The input is a tokenizer.json, a zero byte, and a text to encode with it.
void feed(std::string_view input) {
  const std::size_t end = input.find('\0');
  const std::string_view text =
      end == std::string_view::npos ? "Hello [MASK]  w\u00F6rld!" : input.substr(end + 1);
  const auto tokenizer = Tokenizer::parse(input.substr(0, end), "t.json");
  if (!tokenizer) {
    require(tokenizer.error().message.starts_with("t.json"), "a fault names the file");
    return;
  }
  Encoder encoder(*tokenizer);
  const auto first = encoder.encode(text, {.with_offsets = true});
  if (!first) {
    require(first.error().kind == Error::Kind::unsupported, "only growth is refused");
    return;
  }
  require(first->ids.size() == first->offsets.size(), "each token has an offset");
  require(first->ids.size() == first->type_ids.size(), "each token has a type");
  const std::vector<std::uint32_t> ids(first->ids.begin(), first->ids.end());
  const auto offsets = copy(first->offsets);
  const auto second = encoder.encode(text, {.with_offsets = true});
  require(std::vector(second->ids.begin(), second->ids.end()) == ids, "the cache changes no id");
  require(copy(second->offsets) == offsets, "the cache changes no offset");
  if (const auto& truncation = tokenizer->truncation()) {
    require(ids.size() <= truncation->max_length || tokenizer->added_to_each() > 0,
            "an encoding is as long as it may be");
  }
}

}  // namespace
}  // namespace turngreen::tokenizer

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::tokenizer::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
