#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "description.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;

std::string word(const ordered_json& value) { return value.get<std::string>(); }

void append(std::string& list, const std::string& more) {
  list += (list.empty() ? "" : ", ") + more;
}

std::string listed(const ordered_json& words) {
  std::string text;
  for (const auto& one : words) append(text, word(one));
  return text;
}

std::string line(std::string_view name, std::string_view text) {
  return fmt::format("  {:<28}{}\n", name, text);
}

std::string libtorch_text(const ordered_json& build) {
  if (build.is_null()) return "without; train, evaluate, predict and embed need it";
  return fmt::format("{}, {} CUDA; its CPU kernels are for {}", word(build["version"]),
                     build["cuda"].get<bool>() ? "with" : "without",
                     word(build["cpu_instructions"]));
}

std::string devices_text(const ordered_json& devices) {
  std::string text;
  for (const auto& device : devices) {
    append(text, word(device["id"]));
    if (!device["name"].is_null()) text += fmt::format(" ({})", word(device["name"]));
  }
  return text.empty() ? "none without libtorch" : text;
}

std::string build_text(const ordered_json& all) {
  std::string there;
  std::string absent;
  for (const auto& [name, is_there] : all["instruction_sets"].items())
    append(is_there ? there : absent, name);
  std::string text = fmt::format("turngreen-engine {}, built by {}\n", word(all["version"]),
                                 word(all["compiler"]));
  text += line("libtorch", libtorch_text(all["libtorch"]));
  text += line("libarrow", all["libarrow"].is_null() ? "without" : word(all["libarrow"]));
  text += line("devices", devices_text(all["devices"]));
  text += line("threads", std::to_string(all["threads"].get<int>()));
  text += line("instructions", there.empty() ? "none of those asked for" : there);
  if (!absent.empty()) text += line("  not there", absent);
  text += line("fused kernels", fmt::format("{} (of {})", word(all["kernels"]["chosen"]),
                                            listed(all["kernels"]["supported"])));
  text += line("tables", listed(all["formats"]));
  return text + line("models", listed(all["families"]));
}

std::string tokenizer_text(const ordered_json& tokenizer) {
  return "tokenizer.json\n" + line("models", listed(tokenizer["models"])) +
         line("normalizers", listed(tokenizer["normalizers"])) +
         line("pre-tokenizers", listed(tokenizer["pre_tokenizers"])) +
         line("post-processors", listed(tokenizer["post_processors"]));
}

std::string model_text(const ordered_json& model) {
  if (model.is_null()) return {};
  std::string text = fmt::format("{}\n", word(model["folder"]));
  text += line("model",
               fmt::format("{}, {} layers of {} with {} heads, {} positions", word(model["family"]),
                           model["layers"].get<int>(), model["hidden"].get<int>(),
                           model["heads"].get<int>(), model["positions"].get<int>()));
  text += line("texts are cut at", fmt::format("{} tokens", model["max_length"].get<int>()));
  constexpr std::size_t kShown = 10;
  std::string labels = "none: no classification head";
  if (!model["labels"].is_null()) {
    const std::size_t count = model["labels"].size();
    labels = count <= kShown ? listed(model["labels"]) : fmt::format("{}", count);
  }
  text += line("labels", labels);
  if (!model["tokenizer_fault"].is_null())
    text += line("no tokens", word(model["tokenizer_fault"]));
  return text;
}

std::string with_needs(std::string text, const ordered_json& of) {
  if (of.contains("needs")) text += fmt::format(" (with {})", word(of["needs"]));
  return text;
}

std::string number_text(const ordered_json& knob) {
  if (!knob.contains("most")) return fmt::format("{} and more", knob["least"].get<double>());
  return fmt::format("{} to {}", knob["least"].get<double>(), knob["most"].get<double>());
}

std::string knob_text(const ordered_json& knob) {
  const auto name = word(knob["id"]);
  if (!knob["is_there"].get<bool>()) return line(name, "no");
  if (!knob.contains("values")) return line(name, with_needs(number_text(knob), knob));
  std::string there;
  std::string absent;
  for (const auto& value : knob["values"]) {
    if (value["is_there"].get<bool>())
      append(there, with_needs(word(value["value"]), value));
    else
      absent += line("  not " + word(value["value"]), word(value["why"]));
  }
  return line(name, there) + absent;
}

std::string knobs_text(const ordered_json& all) {
  std::string text = "knobs";
  if (!all["device"].is_null()) text += " on " + word(all["device"]);
  text += '\n';
  std::string why;
  for (const auto& knob : all["knobs"]) {
    text += knob_text(knob);
    if (!knob["is_there"].get<bool>()) why = word(knob["why"]);
  }
  if (!why.empty()) text += line("no:", why);
  text += "knobs that are not there\n";
  for (const auto& absent : all["absent_knobs"])
    text += fmt::format("  {}:\n    {}\n", word(absent["why"]), listed(absent["ids"]));
  return text;
}

}  // namespace

std::string description_text(const ordered_json& description) {
  return build_text(description) + tokenizer_text(description["tokenizer"]) +
         model_text(description["model"]) + knobs_text(description);
}

}  // namespace turngreen::engine
