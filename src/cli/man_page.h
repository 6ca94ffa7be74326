#pragma once

#include <string>
#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kManDetails =
    "Read one right away, or install them all:\n"
    "\n"
    "  turngreen man measure | man -l -\n"
    "  turngreen man --directory ~/.local/share/man/man1\n";

Action configure_man(CLI::App& app);

/// Roff for man(7): turngreen(1), and turngreen-COMMAND(1).
std::string program_man_page();
std::string command_man_page(const Command& command);

}  // namespace turngreen::cli
