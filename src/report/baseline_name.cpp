#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "configuration_names.h"
#include "name_parts.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using units::in_quotes;

/// In the order of how sure they are.
constexpr std::array<std::string_view, 7> kWords{"baseline", "reference", "control", "vanilla",
                                                 "default",  "original",  "v0"};

std::string list_of(std::span<const std::string> names) {
  constexpr std::size_t kShown = 40;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) {
    text += (i > 0 ? ", " : "") + in_quotes(names[i]);
  }
  if (names.size() > kShown) text += fmt::format(" and {} more", names.size() - kShown);
  return text;
}

Result<BaselineName> asked_for(std::span<const std::string> names, std::string_view asked) {
  const auto found = std::ranges::find(names, asked);
  if (found != names.end()) {
    return BaselineName{static_cast<std::size_t>(found - names.begin()), "as --baseline says"};
  }
  const auto nearest = units::nearest_word(asked, names);
  return fail(Error::Kind::not_found,
              fmt::format("there is no configuration {}{}; there are {}", in_quotes(asked),
                          nearest ? fmt::format("; did you mean {}?", in_quotes(*nearest)) : "",
                          list_of(names)));
}

}  // namespace

Result<BaselineName> find_baseline(std::span<const std::string> names, std::string_view asked) {
  if (!asked.empty()) return asked_for(names, asked);
  for (const std::string_view word : kWords) {
    std::vector<std::size_t> holding;
    std::vector<std::string> held;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const NameWords words = words_of(names[i]);
      if (std::ranges::find(words, word) == words.end()) continue;
      holding.push_back(i);
      held.push_back(names[i]);
    }
    if (holding.size() == 1) {
      return BaselineName{holding.front(), fmt::format("the only name with \"{}\"", word)};
    }
    if (holding.size() > 1) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{} names hold \"{}\": {}; say which is the baseline with --baseline "
                              "NAME",
                              holding.size(), word, list_of(held)));
    }
  }
  return fail(
      Error::Kind::invalid_input,
      fmt::format("no name says that it is the baseline (such as v0_baseline); say which is "
                  "with --baseline NAME, one of {}",
                  list_of(names)));
}

}  // namespace turngreen::report
