#include "description.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "kernels/kernel_set.h"
#include "processor.h"
#include "turngreen/engine/checkpoint/families.h"
#include "turngreen/engine/data/arrow_version.h"
#include "turngreen/engine/data/row_reader.h"
#include "turngreen/engine/tokenizer/tokenizer.h"
#include "usable_threads.h"

namespace turngreen::engine {
namespace {

using nlohmann::ordered_json;

constexpr std::array kModels = {"WordPiece", "BPE", "WordLevel"};
constexpr std::array kNormalizers = {"BertNormalizer", "NFC",   "NFD",
                                     "NFKC",           "NFKD",  "Lowercase",
                                     "StripAccents",   "Strip", "Replace (literal)",
                                     "Prepend",        "Nmt",   "ByteLevel",
                                     "Sequence"};
constexpr std::array kPreTokenizers = {
    "BertPreTokenizer", "ByteLevel",   "Whitespace",      "WhitespaceSplit",
    "Digits",           "Punctuation", "Split (literal)", "CharDelimiterSplit",
    "Metaspace",        "FixedLength", "Sequence"};
constexpr std::array kPostProcessors = {"TemplateProcessing", "BertProcessing", "RobertaProcessing",
                                        "ByteLevel", "Sequence"};

ordered_json or_null(const std::string& text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json libtorch_json(const std::optional<LibtorchBuild>& build) {
  if (!build) return nullptr;
  return {{"version", build->version},
          {"cuda", build->has_cuda},
          {"cpu_instructions", build->cpu_instructions}};
}

ordered_json devices_json(const Capabilities& found) {
  ordered_json devices = ordered_json::array();
  for (const DeviceFound& device : found.devices)
    devices.push_back({{"id", device.id}, {"name", or_null(device.name)}});
  return devices;
}

ordered_json instructions_json() {
  ordered_json instructions = ordered_json::object();
  for (const InstructionSet& set : instruction_sets())
    instructions[std::string(set.name)] = set.is_there;
  return instructions;
}

ordered_json kernels_json() {
  ordered_json supported = ordered_json::array();
  for (const kernels::KernelSet* set : kernels::kernel_sets())
    if (set->supported()) supported.push_back(set->name);
  return {{"chosen", kernels::best_kernels().name}, {"supported", std::move(supported)}};
}

ordered_json formats_json() {
  ordered_json formats = {"jsonl", "csv", "tsv"};
  if (data::has_arrow()) {
    formats.push_back("parquet");
    formats.push_back("arrow");
  }
  return formats;
}

ordered_json families_json() {
  ordered_json families = ordered_json::array();
  for (const checkpoint::Family family : checkpoint::families())
    families.push_back(checkpoint::name_of(family));
  return families;
}

/// Why texts cannot become tokens; null where they can.
ordered_json tokenizer_fault(const checkpoint::ModelFolder& model) {
  if (!model.tokenizer()) return "there is no tokenizer.json";
  const auto loaded = tokenizer::Tokenizer::load(*model.tokenizer());
  return loaded ? ordered_json(nullptr) : ordered_json(loaded.error().message);
}

ordered_json model_json(const checkpoint::ModelFolder* model) {
  if (model == nullptr) return nullptr;
  const checkpoint::Architecture& architecture = model->config().architecture;
  const auto& labels = model->config().labels;
  return {{"folder", model->path().string()},
          {"family", checkpoint::name_of(architecture.family)},
          {"layers", architecture.layers.size()},
          {"hidden", architecture.hidden},
          {"heads", architecture.heads},
          {"positions", architecture.max_positions},
          {"max_length", model->max_length()},
          {"labels", labels ? ordered_json(labels->names) : ordered_json(nullptr)},
          {"tokenizer_fault", tokenizer_fault(*model)}};
}

ordered_json knob_json(const KnobSupport& knob) {
  std::string option = "--" + std::string(knob.id);
  for (char& letter : option)
    if (letter == '_') letter = '-';
  ordered_json json = {{"id", knob.id},
                       {"option", std::move(option)},
                       {"of_training_alone", knob.of_training_alone},
                       {"is_there", knob.why.empty()}};
  if (!knob.why.empty()) json["why"] = knob.why;
  if (!knob.needs.empty()) json["needs"] = knob.needs;
  if (knob.least) json["least"] = *knob.least;
  if (knob.most) json["most"] = *knob.most;
  for (const KnobValue& value : knob.values) {
    ordered_json one = {{"value", value.value}, {"is_there", value.why.empty()}};
    if (!value.why.empty()) one["why"] = value.why;
    if (!value.needs.empty()) one["needs"] = value.needs;
    json["values"].push_back(std::move(one));
  }
  return json;
}

ordered_json knobs_json(const std::vector<KnobSupport>& knobs) {
  ordered_json json = ordered_json::array();
  for (const KnobSupport& knob : knobs) json.push_back(knob_json(knob));
  return json;
}

ordered_json absent_json() {
  ordered_json json = ordered_json::array();
  for (const AbsentKnobs& absent : absent_knobs())
    json.push_back({{"ids", absent.ids}, {"why", absent.why}});
  return json;
}

}  // namespace

ordered_json description_json(const Capabilities& found, const checkpoint::ModelFolder* model) {
  return {{"version", TURNGREEN_VERSION},
          {"compiler", __VERSION__},
          {"libtorch", libtorch_json(found.libtorch)},
          {"libarrow", or_null(data::arrow_version())},
          {"devices", devices_json(found)},
          {"threads", usable_threads()},
          {"instruction_sets", instructions_json()},
          {"kernels", kernels_json()},
          {"formats", formats_json()},
          {"families", families_json()},
          {"tokenizer",
           {{"models", kModels},
            {"normalizers", kNormalizers},
            {"pre_tokenizers", kPreTokenizers},
            {"post_processors", kPostProcessors}}},
          {"model", model_json(model)},
          {"device", or_null(found.device)},
          {"knobs", knobs_json(found.knobs)},
          {"absent_knobs", absent_json()}};
}

}  // namespace turngreen::engine
