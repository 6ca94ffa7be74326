#include "missing_column.h"

#include <fmt/format.h>

#include <algorithm>

#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

constexpr std::size_t kMostListed = 20;
constexpr std::size_t kMostCompared = 1000;

}  // namespace

std::string missing_column(std::string_view column, std::string_view where,
                           std::span<const std::string> there) {
  std::string message = fmt::format("there is no column {} in {}", units::in_quotes(column), where);
  if (there.empty()) return message + "; it has none";
  std::string listed;
  for (const std::string& name : there.first(std::min(there.size(), kMostListed))) {
    listed += (listed.empty() ? "" : ", ") + units::in_quotes(name);
  }
  if (there.size() > kMostListed) listed += ", ...";
  message += "; it has " + listed;
  const auto nearest =
      units::nearest_word(column, there.first(std::min(there.size(), kMostCompared)));
  if (nearest) message += fmt::format("; did you mean {}?", units::in_quotes(*nearest));
  return message;
}

}  // namespace turngreen::data
