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

/// What --set says, as options.
struct SetWords {
  std::vector<std::string> words;        ///< of the whole command line
  std::vector<std::string> passed_over;  ///< knobs that were left out
};

/// `words` with each "--set knob=value" as the option of that name, "--knob=value"; names may have
/// _ for -. Options of `others` ("--knob"), which a study may set for another family of models, are
/// left out. Error: what is no knob=value, a name that is no option (with the reason, where it is a
/// knob of other pipelines, or the nearest), one that is set twice.
Result<SetWords> with_set_words_as_options(const CLI::App& app,
                                           const std::vector<std::string>& words,
                                           const std::vector<std::string>& others = {});

}  // namespace turngreen::engine
