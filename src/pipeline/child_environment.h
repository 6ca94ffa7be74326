#pragma once

#include <string>
#include <vector>

namespace turngreen::pipeline {

/// This process's environment with the given variables ("NAME=value") in place of ours of the same
/// name; a later one wins. What an outer measurement had set for its own command is left out.
std::vector<std::string> child_environment(const std::vector<std::string>& variables);

}  // namespace turngreen::pipeline
