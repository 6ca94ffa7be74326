#pragma once

#include <string_view>

#include "command_table.h"

namespace turngreen::cli {

inline constexpr std::string_view kImportDetails =
    "Makes a study of what CodeCarbon left: finds its files in the folders and below, reads the "
    "stages from its task files, the metrics from the JSON and CSV files beside them, and the "
    "knobs from the configurations' names. Says what it understood, and what it could not and "
    "why. The study can then be reported, compared and explained as any other; there is nothing "
    "to run.\n"
    "\n"
    "A folder for each configuration, in it a folder for each run; or one emissions.csv whose "
    "project_name tells configurations apart. CodeCarbon's energies carry no uncertainty: "
    "intervals come from repeats.\n"
    "\n"
    "  turngreen import codecarbon results --store s.db\n"
    "  turngreen import codecarbon results --metric eval_f1 --max-drop 0.01\n"
    "  turngreen import codecarbon results --store s.db --knobs variants.csv\n";

Action configure_import(CLI::App& app);

}  // namespace turngreen::cli
