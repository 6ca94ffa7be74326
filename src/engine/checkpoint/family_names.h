#pragma once

#include <string_view>

#include "turngreen/engine/checkpoint/architecture.h"

namespace turngreen::checkpoint {

/// As transformers names it: in model_type, and at the beginning of its classes.
struct FamilyNames {
  std::string_view model_type;
  std::string_view class_prefix;
};

/// In the order of the enumeration.
inline constexpr FamilyNames kFamilyNames[] = {
    {"bert", "Bert"}, {"distilbert", "DistilBert"}, {"modernbert", "ModernBert"}};

inline const FamilyNames& names_of(Family family) {
  return kFamilyNames[static_cast<std::size_t>(family)];
}

}  // namespace turngreen::checkpoint
