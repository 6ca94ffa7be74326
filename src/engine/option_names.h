#pragma once

#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace turngreen::engine {

/// Options that a configuration file and --set may name: all with long names but those that only
/// the command line has.
std::vector<const CLI::Option*> settable_options(const CLI::App& app);

/// Whether the command line gives that option.
bool is_among(std::span<const std::string> words, const CLI::Option& option);

std::string dashed(std::string name);       ///< "batch-size", as options have it
std::string underscored(std::string name);  ///< "batch_size", as knobs have it

}  // namespace turngreen::engine
