#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "command_table.h"

namespace turngreen::engine {

enum class ModelFamily : std::uint8_t { transformer, hashed_linear };

/// Of which family the model is that a command is to train (--model-family) or use (--model, by its
/// config.json), as the words of the command line or of a --config file say.
ModelFamily family_of(const Command& command, std::span<const std::string> words);

/// --model-family, which family_of has read, to be listed and checked.
void add_family_option(CLI::App& app);

/// Adds the options that the command has for the other family to those of hashed_linear. Given with
/// anything but the value that a knob has where it is off, or usually, they are refused with the
/// reason. Their
/// names, "--epochs", are handed back: a --config file, which may serve both families, may have
/// them.
std::vector<std::string> add_options_of_the_other_family(CLI::App& app, const Command& command);

}  // namespace turngreen::engine
