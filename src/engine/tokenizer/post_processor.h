#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace turngreen::tokenizer {

/// Takes the white space at the ends of tokens out of their offsets.
struct TrimOffsets {
  bool add_prefix_space = true;  ///< one blank before the first token was put there, and stays
  /// A processor before it has put a token in front, so that the first of the text is not the
  /// first.
  bool is_behind_special = false;
};

/// A token that is added, or the place of the sequence.
struct TemplatePart {
  bool is_sequence = false;
  std::uint32_t id = 0;
  std::uint32_t type_id = 0;
};

/// What happens to the tokens of one sequence at the end.
struct PostProcessor {
  std::vector<TrimOffsets> trims;
  std::vector<TemplatePart> parts = {{true, 0, 0}};

  std::size_t added() const;
  /// The parts are the sequence alone.
  bool is_plain() const {
    return parts.size() == 1 && parts[0].is_sequence && parts[0].type_id == 0;
  }
};

}  // namespace turngreen::tokenizer
