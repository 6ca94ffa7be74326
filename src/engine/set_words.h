#pragma once

#include <string>
#include <vector>

#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// Adds --set to the options.
void add_set_option(CLI::App& app);

/// `words` with each "--set knob=value" as the option of that name, "--knob=value"; names may have
/// _ for -. Error: what is no knob=value, a name that is no option (with the reason, where it is a
/// knob of other pipelines, or the nearest), one that is set twice.
Result<std::vector<std::string>> with_set_words_as_options(const CLI::App& app,
                                                           const std::vector<std::string>& words);

}  // namespace turngreen::engine
