#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace turngreen::cli {

/// What `turngreen init` knows of a pipeline.
struct StudyDraft {
  std::vector<std::string> command;  ///< program and arguments; not empty
  std::string metric = "accuracy";
  std::string max_drop = "0.01";
  std::size_t processors = 1;  ///< for the knob `threads`
};

/// A commented study file of that command. Numbers among its options are suggested as knobs, in
/// comments; `threads`, by OMP_NUM_THREADS, is the one knob that it begins with.
std::string study_text(const StudyDraft& draft);

/// A word as YAML has it within [...], in quotes where it needs them, with braces doubled, so that
/// it is no placeholder.
std::string yaml_word(std::string_view word);

}  // namespace turngreen::cli
