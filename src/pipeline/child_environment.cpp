#include "child_environment.h"

#include <unistd.h>

#include <string_view>
#include <unordered_set>

#include "turngreen/pipeline/run_protocol.h"

namespace turngreen::pipeline {
namespace {

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

}  // namespace

std::vector<std::string> child_environment(const std::vector<std::string>& variables) {
  std::vector<std::string> environment;
  std::unordered_set<std::string_view> set;
  for (auto variable = variables.rbegin(); variable != variables.rend(); ++variable) {
    if (set.insert(name_of(*variable)).second) environment.push_back(*variable);
  }
  set.insert({kRunFdVariable, kRunInodeVariable, kRunSocketVariable, kRunParentVariable});
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!set.contains(name_of(*entry))) environment.emplace_back(*entry);
  }
  return environment;
}

}  // namespace turngreen::pipeline
