#pragma once

#include <filesystem>
#include <string>

namespace turngreen::study {

/// Whether the files of a working tree differ from git's index of them, in the words of
/// GitState::dirty. Compares what the index knows of each file (size, mode, time of change), and
/// asks whether something was staged since the last commit. Versions 2 to 4, at most 64 MB.
std::string changes_since_index(const std::filesystem::path& index,
                                const std::filesystem::path& tree);

}  // namespace turngreen::study
