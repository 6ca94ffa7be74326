#include "turngreen/knobs/catalogue.h"

#include <algorithm>

namespace turngreen::knobs {
namespace {

std::vector<Value> values(std::initializer_list<const char*> texts) {
  std::vector<Value> result;
  for (const char* text : texts) result.emplace_back(text);
  return result;
}

const std::vector<Knob>& table() {
  static const std::vector<Knob> rows{
      Knob{.id = "tokenizer",
           .phase = Phase::data,
           .resource = Resource::compute,
           .values = values({"reference", "fast"}),
           .stages = {"tokenize"},
           .description = "which implementation turns text into tokens"},
      Knob{.id = "max_length",
           .phase = Phase::data,
           .resource = Resource::tokens,
           .values = values({"2048", "1024", "512", "256", "128"}),
           .ordered = true,
           .stages = {"tokenize", "train", "evaluate"},
           .description = "tokens after which an input is cut"},
      Knob{.id = "precision",
           .phase = Phase::training,
           .resource = Resource::precision,
           .values = values({"fp32", "fp16", "bf16"}),
           .stages = {"train"},
           .description = "number format of training arithmetic"},
  };
  return rows;
}

}  // namespace

std::span<const Knob> catalogue() { return table(); }

const Knob* find_in_catalogue(std::string_view id) {
  const auto found = std::ranges::find(table(), id, &Knob::id);
  return found == table().end() ? nullptr : &*found;
}

}  // namespace turngreen::knobs
