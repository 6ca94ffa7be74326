#include "describe.h"

#include <fmt/format.h>
#include <sched.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "exit_status.h"
#include "processor.h"

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

/// Processors that this process may run on.
int usable_threads() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) return CPU_COUNT(&allowed);
  return static_cast<int>(std::thread::hardware_concurrency());
}

ordered_json description() {
  ordered_json instructions = ordered_json::object();
  for (const InstructionSet& set : instruction_sets())
    instructions[std::string(set.name)] = set.is_there;
  return {{"version", TURNGREEN_VERSION},
          {"compiler", __VERSION__},
          {"libtorch", nullptr},
          {"threads", usable_threads()},
          {"instruction_sets", std::move(instructions)},
          {"tokenizer",
           {{"models", kModels},
            {"normalizers", kNormalizers},
            {"pre_tokenizers", kPreTokenizers},
            {"post_processors", kPostProcessors}}}};
}

std::string listed(const ordered_json& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ", ") + word.get<std::string>();
  return text;
}

std::string as_text(const ordered_json& all) {
  std::string there;
  std::string absent;
  for (const auto& [name, is_there] : all["instruction_sets"].items()) {
    std::string& list = is_there ? there : absent;
    list += (list.empty() ? "" : ", ") + name;
  }
  std::string text =
      fmt::format("turngreen-engine {}, built by {}; without libtorch\n",
                  all["version"].get<std::string>(), all["compiler"].get<std::string>());
  text += fmt::format("  threads          {}\n", all["threads"].get<int>());
  text += fmt::format("  instructions     {}\n", there.empty() ? "none of those asked for" : there);
  if (!absent.empty()) text += fmt::format("  not there        {}\n", absent);
  text += "tokenizer.json\n";
  const auto& tokenizer = all["tokenizer"];
  text += fmt::format("  models           {}\n", listed(tokenizer["models"]));
  text += fmt::format("  normalizers      {}\n", listed(tokenizer["normalizers"]));
  text += fmt::format("  pre-tokenizers   {}\n", listed(tokenizer["pre_tokenizers"]));
  text += fmt::format("  post-processors  {}\n", listed(tokenizer["post_processors"]));
  return text;
}

}  // namespace

Action configure_describe(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto json = std::make_shared<bool>(false);
  app.add_flag("--json", *json, "print JSON");
  return [json](std::ostream& out, std::ostream&) {
    const auto all = description();
    out << (*json ? all.dump(2) + "\n" : as_text(all));
    return kExitOk;
  };
}

}  // namespace turngreen::engine
