#include "turngreen/engine/checkpoint/families.h"

#include <array>

#include "family_names.h"

namespace turngreen::checkpoint {

std::span<const Family> families() {
  static constexpr std::array kAll{Family::bert, Family::distilbert, Family::modernbert};
  return kAll;
}

std::string_view name_of(Family family) { return names_of(family).model_type; }

}  // namespace turngreen::checkpoint
