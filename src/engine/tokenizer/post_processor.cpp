#include "post_processor.h"

#include <algorithm>

namespace turngreen::tokenizer {

std::size_t PostProcessor::added() const {
  return static_cast<std::size_t>(std::count_if(
      parts.begin(), parts.end(), [](const TemplatePart& part) { return !part.is_sequence; }));
}

}  // namespace turngreen::tokenizer
