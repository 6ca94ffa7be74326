#include "value_list.h"

#include <algorithm>

namespace turngreen::knobs {

std::string list_of(std::span<const Value> values) {
  constexpr std::size_t kShown = 12;
  std::string list;
  for (const Value& value : values.first(std::min(kShown, values.size()))) {
    list += (list.empty() ? "" : ", ") + value.text();
  }
  return values.size() > kShown ? list + ", ..." : list;
}

std::vector<std::string> texts_of(std::span<const Value> values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const Value& value : values) texts.push_back(value.text());
  return texts;
}

}  // namespace turngreen::knobs
