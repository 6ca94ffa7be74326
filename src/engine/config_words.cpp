#include "config_words.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>

#include "config_file.h"
#include "option_names.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::engine {
namespace {

constexpr std::string_view kConfig = "--config";

/// Of the last --config, as CLI11 takes it.
std::optional<std::string> config_file_among(std::span<const std::string> words) {
  std::optional<std::string> file;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == kConfig && i + 1 < words.size()) file = words[i + 1];
    if (words[i].starts_with("--config=")) file = words[i].substr(kConfig.size() + 1);
  }
  return file;
}

}  // namespace

void add_config_option(CLI::App& app) {
  app.add_option_function<std::string>(
         std::string(kConfig), [](const std::string&) {},
         "YAML with these options by their names, - or _ within; the command line wins")
      ->type_name("FILE");
}

Result<std::vector<ConfigWord>> config_words(const CLI::App& app,
                                             std::span<const std::string> words) {
  const auto file = config_file_among(words);
  if (!file) return std::vector<ConfigWord>();
  const auto settings = read_config_file(*file);
  if (!settings) return tl::unexpected(settings.error());

  const auto options = settable_options(app);
  std::vector<ConfigWord> found;
  for (const ConfigSetting& setting : *settings) {
    const std::string place = fmt::format("{}:{}", *file, setting.line);
    const std::string name = dashed(setting.name);
    const auto option = std::find_if(options.begin(), options.end(), [&](const CLI::Option* one) {
      return one->check_lname(name);
    });
    if (option == options.end()) {
      std::vector<std::string> names;
      for (const CLI::Option* one : options) names.push_back(one->get_lnames().front());
      const auto nearest = units::nearest_word(name, names);
      return fail(Error::Kind::invalid_input,
                  fmt::format("{}: there is no option {}{}", place, setting.name,
                              nearest ? fmt::format("; did you mean {}?", *nearest) : ""));
    }
    if (is_among(words, **option)) continue;
    const std::string dashes = "--" + name;
    found.push_back({fmt::format("{}={}", dashes, setting.value), dashes, place});
  }
  return found;
}

}  // namespace turngreen::engine
