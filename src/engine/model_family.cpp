#include "model_family.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <optional>

#include "config_file.h"
#include "option_names.h"
#include "turngreen/engine/linear/linear_model.h"
#include "turngreen/knobs/catalogue.h"

namespace turngreen::engine {
namespace {

/// What the words give as that option, "--name VALUE", "--name=VALUE" or "--set name=VALUE".
std::optional<std::string> said(std::span<const std::string> words, const std::string& name) {
  std::optional<std::string> value;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool has_next = i + 1 < words.size();
    if (word == "--" + name && has_next) value = words[i + 1];
    if (word.starts_with("--" + name + "=")) value = word.substr(name.size() + 3);
    std::string setting;
    if (word == "--set" && has_next) setting = words[i + 1];
    if (word.starts_with("--set=")) setting = word.substr(6);
    const auto equals = setting.find('=');
    if (equals != std::string::npos && dashed(setting.substr(0, equals)) == name)
      value = setting.substr(equals + 1);
  }
  return value;
}

/// The same, else what a --config file gives; its faults are told by whoever reads it in earnest.
std::optional<std::string> given(std::span<const std::string> words, const std::string& name) {
  if (auto value = said(words, name)) return value;
  const auto file = said(words, "config");
  if (!file) return std::nullopt;
  const auto settings = read_config_file(*file);
  if (!settings) return std::nullopt;
  for (const ConfigSetting& setting : *settings)
    if (dashed(setting.name) == name) return setting.value;
  return std::nullopt;
}

/// Whether it says what is so in this family anyway, and may stay in a command that serves both: no
/// model is begun with, there are no checkpoints, and the classes are those of the data.
bool is_met(const Command& command, std::string_view option, std::string_view value) {
  if (command.name != "train") return false;
  return option == "model" || option == "restart" || (option == "labels-from" && value == "data");
}

/// The value of a knob where it is off.
std::optional<std::string> off_value(const std::string& option) {
  const auto* knob = knobs::find_in_catalogue(underscored(option));
  if (knob == nullptr) return std::nullopt;
  return knob->values[knob->off].text();
}

}  // namespace

ModelFamily family_of(const Command& command, std::span<const std::string> words) {
  if (command.configure_linear == nullptr) return ModelFamily::transformer;
  if (command.name == "train") {
    return given(words, "model-family") == "hashed_linear" ? ModelFamily::hashed_linear
                                                           : ModelFamily::transformer;
  }
  const auto folder = given(words, "model");
  return folder && linear::LinearModel::is_in(*folder) ? ModelFamily::hashed_linear
                                                       : ModelFamily::transformer;
}

void add_family_option(CLI::App& app) {
  app.add_option_function<std::string>(
         "--model-family", [](const std::string&) {},
         "an encoder, or a linear model of n-grams of words that is learned in seconds")
      ->type_name("transformer|hashed_linear")
      ->check(CLI::IsMember({"transformer", "hashed_linear"}).description(""))
      ->default_str("transformer");
}

std::vector<std::string> add_options_of_the_other_family(CLI::App& app, const Command& command) {
  if (app.get_allow_extras()) return {};  // it refuses the family, whatever else it is told
  CLI::App other;
  command.configure(other);
  std::vector<std::string> added;
  for (const CLI::Option* option : settable_options(other)) {
    for (const std::string& name : option->get_lnames()) {
      if (app.get_option_no_throw("--" + name) != nullptr) continue;
      added.push_back("--" + name);
      app.add_option_function<std::string>(
             added.back(),
             [&command, name, usual = option->get_default_str()](const std::string& value) {
               if (is_met(command, name, value)) return;
               const auto off = off_value(name);
               if (off && (value == *off || value == usual)) return;
               throw CLI::ValidationError(
                   "--" + name,
                   fmt::format("a model of the family hashed_linear has no such thing; "
                               "leave it out{}",
                               off ? " or at " + *off : ""));
             })
          ->expected(0, 1)
          ->group("");
    }
  }
  return added;
}

}  // namespace turngreen::engine
