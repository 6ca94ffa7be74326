#include "sentence_modules.h"

#include <fmt/format.h>

#include "folder_json.h"
#include "plain_name.h"
#include "turngreen/units/text.h"

namespace turngreen::checkpoint {
namespace {

namespace fs = std::filesystem;
using fields::JsonFields;
using nlohmann::json;

struct Module {
  std::string kind;  ///< its class, without the modules it is in
  std::string path;  ///< a folder within the model's; empty: the model's
};

/// The ways of pooling that a Pooling module's config.json switches on: by pooling_mode, or by the
/// flags of older versions.
Result<std::vector<std::string>> read_poolings(const fs::path& path) {
  const auto file = read_optional_json(path);
  if (!file) return tl::unexpected<Error>(file.error());
  if (file->is_null()) return std::vector<std::string>{"mean"};
  fields::Faults faults(path.string());
  const JsonFields fields(*file, "", faults);
  std::vector<std::string> modes;
  const json* mode = fields.find("pooling_mode");
  if (mode != nullptr && mode->is_array()) {
    modes = fields.texts("pooling_mode");
  } else if (mode != nullptr) {
    modes.push_back(fields.text("pooling_mode"));
  } else if (file->is_object()) {
    constexpr std::string_view kOlder = "pooling_mode_";
    for (const auto& [name, value] : file->items()) {
      if (name.starts_with(kOlder) && value == true) modes.push_back(name.substr(kOlder.size()));
    }
  }
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());
  if (modes.empty()) modes.emplace_back("mean");
  return modes;
}

Result<std::vector<Module>> read_list(const fs::path& path) {
  const auto file = read_optional_json(path);
  if (!file) return tl::unexpected<Error>(file.error());
  std::vector<Module> modules;
  if (file->is_null()) return modules;
  fields::Faults faults(path.string());
  if (!file->is_array()) faults.add(Error::Kind::invalid_input, "", "an array belongs here");
  for (const json& element : *file) {
    const JsonFields fields(element, fmt::format("[{}]", modules.size()), faults);
    const std::string type = fields.text("type");
    Module module{type.substr(type.rfind('.') + 1), fields.text("path", "")};
    if (!module.path.empty() && !is_plain_name(module.path)) {
      fields.invalid("path", fmt::format("{} is here, where the name of a folder within the "
                                         "model's belongs",
                                         units::in_quotes(module.path)));
    }
    modules.push_back(std::move(module));
    if (!faults.empty()) break;
  }
  if (!faults.empty()) return tl::unexpected<Error>(faults.error());
  return modules;
}

/// Absent where the module is one that is supported there.
Result<std::optional<std::string>> obstacle_of(const Module& module, std::size_t at,
                                               const fs::path& folder) {
  using Obstacle = std::optional<std::string>;
  const bool is_expected = at == 0   ? module.kind == "Transformer"
                           : at == 1 ? module.kind == "Pooling"
                                     : module.kind == "Normalize";
  if (!is_expected) {
    return Obstacle(
        fmt::format("the module {} ({} of modules.json) is not supported; Transformer, "
                    "Pooling and Normalize are, in this order",
                    units::in_quotes(module.kind), at));
  }
  if (at == 0 && !module.path.empty()) {
    return Obstacle(
        fmt::format("the encoder is in {}; name that folder", (folder / module.path).string()));
  }
  if (at != 1) return Obstacle();
  const auto poolings = read_poolings(folder / module.path / "config.json");
  if (!poolings) return tl::unexpected<Error>(poolings.error());
  if (poolings->size() == 1 &&
      (poolings->front() == "mean" || poolings->front() == "mean_tokens")) {
    return Obstacle();
  }
  return Obstacle(
      fmt::format("pooling by {} is not supported; by mean is", fmt::join(*poolings, " and ")));
}

}  // namespace

Result<SentenceModules> read_sentence_modules(const fs::path& folder) {
  const auto modules = read_list(folder / "modules.json");
  if (!modules) return tl::unexpected<Error>(modules.error());
  SentenceModules found;
  for (std::size_t at = 0; at < modules->size(); ++at) {
    const Module& module = (*modules)[at];
    if (!module.path.empty()) found.folders.push_back(module.path);
    found.normalizes |= module.kind == "Normalize";
    if (found.obstacle) continue;
    auto obstacle = obstacle_of(module, at, folder);
    if (!obstacle) return tl::unexpected<Error>(std::move(obstacle.error()));
    found.obstacle = std::move(*obstacle);
  }
  return found;
}

}  // namespace turngreen::checkpoint
