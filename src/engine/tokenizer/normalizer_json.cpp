#include <fmt/format.h>

#include "component_json.h"
#include "turngreen/units/text.h"

namespace turngreen::tokenizer {
namespace {

BertNormalizer read_bert(const JsonFields& fields) {
  BertNormalizer bert;
  bert.clean_text = fields.flag("clean_text");
  bert.handle_chinese_chars = fields.flag("handle_chinese_chars");
  bert.lowercase = fields.flag("lowercase");
  if (fields.find("strip_accents") != nullptr) bert.strip_accents = fields.flag("strip_accents");
  return bert;
}

void read_replace(const JsonFields& fields, std::vector<Normalizer>& out) {
  const JsonFields pattern = fields.object("pattern");
  if (pattern.find("Regex") != nullptr) {
    return fields.unsupported("pattern.Regex",
                              "regular expressions are not supported; {\"String\": ...} is");
  }
  ReplaceLiteral literal{pattern.text("String"), fields.text("content")};
  if (literal.what.empty())
    return fields.unsupported("pattern.String", "an empty string is not supported");
  out.emplace_back(std::move(literal));
}

void read_prepend(const JsonFields& fields, std::vector<Normalizer>& out) {
  Prepend prepend{fields.text("prepend")};
  if (prepend.text.empty())
    return fields.unsupported("prepend", "an empty string is not supported");
  out.emplace_back(std::move(prepend));
}

}  // namespace

void read_normalizer(const JsonFields& fields, std::vector<Normalizer>& out) {
  const std::string type = fields.text("type");
  if (type == "Sequence") {
    for (const JsonFields& each : fields.objects("normalizers")) read_normalizer(each, out);
  } else if (type == "BertNormalizer") {
    out.emplace_back(read_bert(fields));
  } else if (type == "NFC") {
    out.emplace_back(NormalizationForm::nfc);
  } else if (type == "NFD") {
    out.emplace_back(NormalizationForm::nfd);
  } else if (type == "NFKC") {
    out.emplace_back(NormalizationForm::nfkc);
  } else if (type == "NFKD") {
    out.emplace_back(NormalizationForm::nfkd);
  } else if (type == "Lowercase") {
    out.emplace_back(Lowercase());
  } else if (type == "StripAccents") {
    out.emplace_back(StripAccents());
  } else if (type == "Nmt") {
    out.emplace_back(Nmt());
  } else if (type == "ByteLevel") {
    out.emplace_back(ByteLevelNormalizer());
  } else if (type == "Strip") {
    out.emplace_back(StripEnds{fields.flag("strip_left"), fields.flag("strip_right")});
  } else if (type == "Replace") {
    read_replace(fields, out);
  } else if (type == "Prepend") {
    read_prepend(fields, out);
  } else {
    fields.unsupported(
        "type", fmt::format("the normalizer {} is not supported; BertNormalizer, NFC, NFD, NFKC, "
                            "NFKD, Lowercase, StripAccents, Strip, Replace, Prepend, Nmt, "
                            "ByteLevel and Sequence are",
                            units::in_quotes(type)));
  }
}

}  // namespace turngreen::tokenizer
