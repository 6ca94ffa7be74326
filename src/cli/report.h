#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kReportDetails =
    "Shows what a study found: a summary on the terminal, and on request one self-contained HTML "
    "page (it needs no network), Markdown, a LaTeX table, CSV and JSON. Without STUDY.yaml the "
    "study is looked for in the store. Each configuration has its energy, time and quality with 95 "
    "% intervals, its quadrant (change in energy against change in time), and its status: "
    "recommended, frontier, dominated, degenerate, set aside or failed, with the reason. The study "
    "may still be running.\n";

Action configure_report(CLI::App& app);

}  // namespace turngreen::cli
