#include <fmt/format.h>

#include "component_json.h"
#include "turngreen/units/text.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

SplitBehavior read_behavior(const JsonFields& fields,
                            std::optional<SplitBehavior> otherwise = std::nullopt) {
  constexpr SplitBehavior kBehaviors[] = {
      SplitBehavior::removed, SplitBehavior::isolated, SplitBehavior::merged_with_previous,
      SplitBehavior::merged_with_next, SplitBehavior::contiguous};
  if (otherwise && fields.find("behavior") == nullptr) return *otherwise;
  return kBehaviors[fields.choice(
      "behavior", {"Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"})];
}

void read_split(const JsonFields& fields, std::vector<PreTokenizer>& out) {
  const JsonFields pattern = fields.object("pattern");
  if (pattern.find("Regex") != nullptr) {
    return fields.unsupported("pattern.Regex",
                              "regular expressions are not supported; {\"String\": ...} is");
  }
  SplitLiteral literal{pattern.text("String"), read_behavior(fields), fields.flag("invert")};
  if (literal.what.empty())
    return fields.unsupported("pattern.String", "an empty string is not supported");
  out.emplace_back(std::move(literal));
}

/// One code point; something harmless where it is not.
std::string read_character(const JsonFields& fields, std::string_view name) {
  std::string text = fields.text(name);
  if (count_code_points(text) == 1) return text;
  fields.invalid(name,
                 fmt::format("{} is here, where one character belongs", units::in_quotes(text)));
  return " ";
}

Metaspace read_metaspace(const JsonFields& fields) {
  constexpr Metaspace::Prepend kSchemes[] = {Metaspace::Prepend::always, Metaspace::Prepend::first,
                                             Metaspace::Prepend::never};
  Metaspace metaspace;
  metaspace.replacement = read_character(fields, "replacement");
  metaspace.prepend = kSchemes[fields.choice("prepend_scheme", {"always", "first", "never"}, 0)];
  metaspace.split = fields.flag("split", true);
  if (!fields.flag("add_prefix_space", true)) {
    if (metaspace.prepend != Metaspace::Prepend::never) {
      fields.invalid("add_prefix_space", "is false, which needs \"prepend_scheme\": \"never\"");
    }
    metaspace.prepend = Metaspace::Prepend::never;
  }
  return metaspace;
}

FixedLength read_fixed_length(const JsonFields& fields) {
  const FixedLength fixed{fields.number("length", kMostIds, 5)};
  if (fixed.code_points == 0) fields.invalid("length", "is 0, where 1 is the least");
  return fixed;
}

}  // namespace

void read_pre_tokenizer(const JsonFields& fields, std::vector<PreTokenizer>& out) {
  const std::string type = fields.text("type");
  if (type == "Sequence") {
    for (const JsonFields& each : fields.objects("pretokenizers")) read_pre_tokenizer(each, out);
  } else if (type == "BertPreTokenizer") {
    out.emplace_back(BertPreTokenizer());
  } else if (type == "ByteLevel") {
    out.emplace_back(ByteLevel{fields.flag("add_prefix_space"), fields.flag("use_regex", true)});
  } else if (type == "Whitespace") {
    out.emplace_back(Whitespace());
  } else if (type == "WhitespaceSplit") {
    out.emplace_back(WhitespaceSplit());
  } else if (type == "Digits") {
    out.emplace_back(Digits{fields.flag("individual_digits")});
  } else if (type == "Punctuation") {
    out.emplace_back(Punctuation{read_behavior(fields, SplitBehavior::isolated)});
  } else if (type == "Split") {
    read_split(fields, out);
  } else if (type == "CharDelimiterSplit") {
    out.emplace_back(
        SplitLiteral{read_character(fields, "delimiter"), SplitBehavior::removed, false});
  } else if (type == "Metaspace") {
    out.emplace_back(read_metaspace(fields));
  } else if (type == "FixedLength") {
    out.emplace_back(read_fixed_length(fields));
  } else {
    fields.unsupported(
        "type", fmt::format("the pre-tokenizer {} is not supported; BertPreTokenizer, ByteLevel, "
                            "Whitespace, WhitespaceSplit, Digits, Punctuation, Split, "
                            "CharDelimiterSplit, Metaspace, FixedLength and Sequence are",
                            units::in_quotes(type)));
  }
}

}  // namespace turngreen::tokenizer
