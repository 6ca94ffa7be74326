#pragma once

#include <span>
#include <string>
#include <vector>

#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// A word of the command line that stands for a setting of a file.
struct ConfigWord {
  std::string word;    ///< "--batch-size=8"
  std::string option;  ///< "--batch-size"
  std::string place;   ///< "FILE:LINE"
};

/// Adds --config to the options.
void add_config_option(CLI::App& app);

/// The settings of the --config file among `words`, for those options of `app` that `words` do not
/// hold themselves; none without such a file. Names may have _ for -. Error: a file that cannot be
/// read; a name that is no option, with file, line and the nearest.
Result<std::vector<ConfigWord>> config_words(const CLI::App& app,
                                             std::span<const std::string> words);

}  // namespace turngreen::engine
