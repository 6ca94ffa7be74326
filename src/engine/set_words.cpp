#include "set_words.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <set>

#include "engine_knobs.h"
#include "option_names.h"
#include "turngreen/units/nearest_word.h"

namespace turngreen::engine {
namespace {

constexpr std::string_view kSet = "--set";

tl::unexpected<Error> refuse(std::string message) {
  return fail(Error::Kind::invalid_input, std::move(message));
}

tl::unexpected<Error> unknown(const CLI::App& app, const std::string& knob) {
  for (const AbsentKnobs& absent : absent_knobs()) {
    if (std::find(absent.ids.begin(), absent.ids.end(), knob) != absent.ids.end())
      return refuse(fmt::format("--set {}: {}", knob, absent.why));
  }
  std::vector<std::string> names;
  for (const CLI::Option* option : settable_options(app))
    names.push_back(underscored(option->get_lnames().front()));
  const auto nearest = units::nearest_word(underscored(knob), names);
  return refuse(fmt::format("--set {}: there is no such knob{}", knob,
                            nearest ? fmt::format("; did you mean {}?", *nearest) : ""));
}

}  // namespace

void add_set_option(CLI::App& app) {
  app.add_option_function<std::string>(
         std::string(kSet), [](const std::string&) {},
         "a knob by its id, as --KNOB VALUE is; may be given for several")
      ->type_name("KNOB=VALUE");
}

Result<SetWords> with_set_words_as_options(const CLI::App& app,
                                           const std::vector<std::string>& words,
                                           const std::vector<std::string>& others) {
  const auto options = settable_options(app);
  SetWords all;
  std::set<const CLI::Option*> set;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    const bool is_set = word == kSet || word.starts_with("--set=");
    if (!is_set) {
      all.words.push_back(word);
      continue;
    }
    if (word == kSet && i + 1 == words.size())
      return refuse("--set: a knob must follow, such as --set batch_size=32");
    const std::string setting = word == kSet ? words[++i] : word.substr(kSet.size() + 1);
    const auto equals = setting.find('=');
    const std::string knob = setting.substr(0, equals);
    if (equals == std::string::npos || knob.empty() || equals + 1 == setting.size())
      return refuse(
          fmt::format("--set {}: must be knob=value, such as --set batch_size=32", setting));
    const auto option = std::find_if(options.begin(), options.end(), [&](const CLI::Option* one) {
      return one->check_lname(dashed(knob));
    });
    if (option == options.end()) return unknown(app, knob);
    if (!set.insert(*option).second || is_among(words, **option))
      return refuse(fmt::format("--set {}: it is set twice; leave one of them out", knob));
    if (std::find(others.begin(), others.end(), "--" + dashed(knob)) != others.end()) {
      all.passed_over.push_back(knob);
      continue;
    }
    all.words.push_back(fmt::format("--{}={}", dashed(knob), setting.substr(equals + 1)));
  }
  return all;
}

}  // namespace turngreen::engine
