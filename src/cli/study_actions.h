#pragma once

#include <span>
#include <string>
#include <string_view>

#include "console.h"

namespace turngreen::cli {

struct StudyOptions {
  std::string action;
  std::string subject;  ///< a study's name; to be imported, a file
  std::string store;    ///< empty: the usual one
  std::string format;   ///< "json" or "csv"; empty: by the name of the output
  std::string output = "-";
  bool json = false;
  bool yes = false;
};

/// What `turngreen study` can do: dispatch, completion and the list of words are made from it.
struct StudyAction {
  std::string_view name;
  bool needs_subject;
  /// Returns the exit status.
  int (*run)(const StudyOptions& options, Console& console);
};

std::span<const StudyAction> study_actions();

}  // namespace turngreen::cli
