#include <fmt/format.h>

#include "component_json.h"
#include "turngreen/units/text.h"

namespace turngreen::tokenizer {
namespace {

constexpr std::uint64_t kMostTypes = ~std::uint32_t{0};

/// ["[CLS]", 101]: the id.
std::uint32_t read_named_id(const JsonFields& fields, std::string_view name) {
  const nlohmann::json* pair = fields.find(name);
  const bool is_right = pair != nullptr && pair->is_array() && pair->size() == 2 &&
                        (*pair)[0].is_string() && (*pair)[1].is_number_unsigned() &&
                        (*pair)[1].get<std::uint64_t>() < kMostIds;
  if (!is_right) {
    fields.invalid(name,
                   fmt::format("a pair of a token and its id (below {}) belongs here", kMostIds));
    return 0;
  }
  return (*pair)[1].get<std::uint32_t>();
}

/// The ids of a token that a template names.
void read_special(const JsonFields& special, const JsonFields& tokens, std::uint32_t type_id,
                  std::vector<TemplatePart>& out) {
  const std::string name = special.text("id");
  const nlohmann::json* token = tokens.find(name);
  const nlohmann::json* ids =
      token != nullptr && token->is_object() && token->contains("ids") ? &(*token)["ids"] : nullptr;
  if (ids == nullptr || !ids->is_array()) {
    special.invalid(
        "id", fmt::format("{} is no token of special_tokens with \"ids\"", units::in_quotes(name)));
    return;
  }
  for (const auto& id : *ids) {
    if (!id.is_number_unsigned() || id.get<std::uint64_t>() >= kMostIds) {
      special.invalid("id", fmt::format("the ids of {} must be whole numbers below {}",
                                        units::in_quotes(name), kMostIds));
      return;
    }
    out.push_back({false, id.get<std::uint32_t>(), type_id});
  }
}

std::vector<TemplatePart> read_template(const JsonFields& fields) {
  std::vector<TemplatePart> parts;
  const JsonFields tokens = fields.object("special_tokens");
  for (const JsonFields& piece : fields.objects("single")) {
    if (piece.find("SpecialToken") != nullptr) {
      const JsonFields special = piece.object("SpecialToken");
      read_special(special, tokens,
                   static_cast<std::uint32_t>(special.number("type_id", kMostTypes)), parts);
      continue;
    }
    const JsonFields sequence = piece.object("Sequence");
    if (sequence.text("id") != "A")
      sequence.invalid("id", "in \"single\" there is no sequence but \"A\"");
    parts.push_back({true, 0, static_cast<std::uint32_t>(sequence.number("type_id", kMostTypes))});
  }
  return parts;
}

/// Adds what one processor does to those before it; `adds_tokens` says whether one did so already.
void read_into(const JsonFields& fields, PostProcessor& out, bool& adds_tokens, bool& joined) {
  const std::string type = fields.text("type");
  if (type == "Sequence") {
    for (const JsonFields& each : fields.objects("processors"))
      read_into(each, out, adds_tokens, joined);
    return;
  }
  if (type == "ByteLevel") {
    if (fields.flag("trim_offsets")) out.trims.push_back({fields.flag("add_prefix_space"), joined});
    return;
  }
  const bool is_pair_of_tokens = type == "BertProcessing" || type == "RobertaProcessing";
  if (!is_pair_of_tokens && type != "TemplateProcessing") {
    return fields.unsupported(
        "type", fmt::format("the post-processor {} is not supported; TemplateProcessing, "
                            "BertProcessing, RobertaProcessing, ByteLevel and Sequence are",
                            units::in_quotes(type)));
  }
  if (adds_tokens) {
    return fields.unsupported("type", "a second post-processor that adds tokens is not supported");
  }
  adds_tokens = true;
  if (!is_pair_of_tokens) {
    out.parts = read_template(fields);
    return;
  }
  if (type == "RobertaProcessing" && fields.flag("trim_offsets")) {
    out.trims.push_back({fields.flag("add_prefix_space"), false});
  }
  out.parts = {{false, read_named_id(fields, "cls"), 0},
               {true, 0, 0},
               {false, read_named_id(fields, "sep"), 0}};
  joined = true;
}

}  // namespace

PostProcessor read_post_processor(const JsonFields& fields) {
  PostProcessor processor;
  bool adds_tokens = false;
  bool joined = false;
  read_into(fields, processor, adds_tokens, joined);
  return processor;
}

}  // namespace turngreen::tokenizer
