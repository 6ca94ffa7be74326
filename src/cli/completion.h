#pragma once

#include <string>
#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kCompletionDetails =
    "Load it in the running shell, or put it where the shell looks for completions:\n"
    "\n"
    "  source <(turngreen completion bash)\n"
    "  turngreen completion zsh > ~/.zfunc/_turngreen\n"
    "  turngreen completion fish > ~/.config/fish/completions/turngreen.fish\n";

Action configure_completion(CLI::App& app);

std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

}  // namespace turngreen::cli
