#include "option_names.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <string_view>

namespace turngreen::engine {
namespace {

constexpr std::array<std::string_view, 3> kOfTheCommandLineAlone{"help", "config", "set"};

}  // namespace

std::vector<const CLI::Option*> settable_options(const CLI::App& app) {
  std::vector<const CLI::Option*> options;
  for (const CLI::Option* option : app.get_options()) {
    const auto& names = option->get_lnames();
    if (!names.empty() &&
        std::ranges::find(kOfTheCommandLineAlone, names.front()) == kOfTheCommandLineAlone.end())
      options.push_back(option);
  }
  return options;
}

bool is_among(std::span<const std::string> words, const CLI::Option& option) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    const std::string typed = word.substr(0, word.find('='));
    return typed.starts_with("-") && option.check_name(typed);
  });
}

std::string dashed(std::string name) {
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

std::string underscored(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace turngreen::engine
