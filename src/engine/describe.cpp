#include "describe.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "capabilities.h"
#include "description.h"
#include "exit_status.h"

namespace turngreen::engine {
namespace {

struct Options {
  std::optional<std::string> model;
  std::string device;
  bool json = false;
};

Result<std::string> description(const Options& options) {
  std::optional<checkpoint::ModelFolder> folder;
  if (options.model) {
    auto opened = checkpoint::ModelFolder::open(*options.model);
    if (!opened) return tl::unexpected<Error>(opened.error());
    folder = *std::move(opened);
  }
  const checkpoint::ModelFolder* model = folder ? &*folder : nullptr;
  const auto found = find_capabilities({.device = options.device, .model = model});
  if (!found) return tl::unexpected<Error>(found.error());
  const auto all = description_json(*found, model);
  if (!options.json) return description_text(all);
  return all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

Action configure_describe(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  app.add_option("--model", options->model, "a model folder that the knobs are to be of")
      ->type_name("FOLDER");
  app.add_option("--device", options->device,
                 "cpu, cuda or cuda:N; without it the first GPU, or the CPU where there is none")
      ->type_name("DEVICE");
  app.add_flag("--json", options->json, "print JSON");
  return [options](std::ostream& out, std::ostream& err) {
    const auto told = description(*options);
    if (!told) {
      err << fmt::format("turngreen-engine describe: {}\n", told.error().message);
      return kExitFailure;
    }
    out << *told;
    return kExitOk;
  };
}

}  // namespace turngreen::engine
