#include "did_you_mean.h"

#include "turngreen/units/nearest_word.h"

namespace turngreen::study {

std::string did_you_mean(std::string_view found, std::span<const std::string> words) {
  const auto nearest = units::nearest_word(found, words);
  return nearest ? "; did you mean " + *nearest + "?" : std::string();
}

}  // namespace turngreen::study
