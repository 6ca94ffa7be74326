#include <fmt/format.h>

#include <algorithm>

#include "did_you_mean.h"
#include "turngreen/units/text.h"
#include "yaml_field.h"

namespace turngreen::study {

YamlSection::YamlSection(const YamlField& field) : field_(field), entries_(field.entries()) {}

YamlField YamlSection::operator[](std::string_view key) {
  asked_.emplace_back(key);
  for (const auto& [found, value] : entries_) {
    if (found == key) return value;
  }
  return {nullptr, {}, field_.faults()};
}

YamlField YamlSection::required(std::string_view key, std::string_view what_it_is) {
  YamlField field = (*this)[key];
  if (!field.present() && field_.is_map()) {
    field_.fault(fmt::format("{} is missing: {}", key, what_it_is));
  }
  return field;
}

void YamlSection::finish() const {
  if (!field_.is_map()) return;
  for (const auto& [key, value] : field_.node()->entries) {
    if (std::find(asked_.begin(), asked_.end(), key.text) != asked_.end()) continue;
    const std::string hint = did_you_mean(key.text, asked_);
    field_.key_field(key).fault(
        fmt::format("there is no key {}{}", units::in_quotes(key.text),
                    hint.empty() ? fmt::format("; there are {}", fmt::join(asked_, ", ")) : hint));
  }
}

}  // namespace turngreen::study
