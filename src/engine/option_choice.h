#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace turngreen::engine {

/// A word of the command line for a value of an enumeration. A table of them names all.
template <typename T>
struct Choice {
  std::string_view name;
  T value;
};

template <typename T, std::size_t N>
std::string_view name_in(const std::array<Choice<T>, N>& choices, T value) {
  const auto found = std::find_if(choices.begin(), choices.end(),
                                  [&](const Choice<T>& choice) { return choice.value == value; });
  return found == choices.end() ? "?" : found->name;
}

/// An option that takes one of these words; `value` is a T, or a std::optional<T> that is left
/// alone where the option is not given. `choices` and `value` must outlive the app.
template <typename T, std::size_t N, typename Value>
CLI::Option* add_choice(CLI::App& app, const std::string& name,
                        const std::array<Choice<T>, N>& choices, Value& value) {
  std::vector<std::string> names;
  std::string alternatives;
  for (const Choice<T>& choice : choices) {
    names.emplace_back(choice.name);
    alternatives += (alternatives.empty() ? "" : "|") + names.back();
  }
  const auto take = [&choices, &value](const std::string& text) {
    for (const Choice<T>& choice : choices)
      if (choice.name == text) value = choice.value;
  };
  CLI::Option* option = app.add_option_function<std::string>(name, take)
                            ->type_name(alternatives)
                            ->check(CLI::IsMember(names).description(""));
  if constexpr (std::is_same_v<T, Value>) option->default_str(std::string(name_in(choices, value)));
  return option;
}

}  // namespace turngreen::engine
