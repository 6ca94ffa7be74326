#include "single_label_column.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace turngreen::data {
namespace {

constexpr double kMostExact = 9007199254740992.0;  // 2^53: integers up to there are exact

tl::unexpected<Error> unfit(std::string what) {
  return fail(Error::Kind::invalid_input, std::move(what));
}

/// As a class is named: 1.0, which pandas makes of 1 in a column with gaps, is "1".
Result<std::string> name_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
    return fmt::format_int(*integer).str();
  }
  if (const auto* number = std::get_if<double>(&cell)) {
    if (std::floor(*number) == *number && std::abs(*number) <= kMostExact) {
      return fmt::format_int(static_cast<std::int64_t>(*number)).str();
    }
    return unfit(
        fmt::format("label {} is a fraction, where a class belongs; is this a regression "
                    "(--problem-type regression)?",
                    *number));
  }
  if (std::holds_alternative<std::monostate>(cell)) return unfit("the label is empty");
  return unfit(
      "the label is a list, where one class belongs; --problem-type multi_label_classification "
      "takes lists");
}

}  // namespace

Result<void> SingleLabelColumn::add(const Cell& cell) {
  const auto name = name_of(cell);
  if (!name) return tl::unexpected<Error>(name.error());
  const auto id = names_.id_of(*name);
  if (!id) return tl::unexpected<Error>(id.error());
  ids_.push_back(*id);
  return {};
}

checkpoint::Labels SingleLabelColumn::finish(Examples& examples) {
  examples.classes = std::move(ids_);
  if (names_.is_known()) return {checkpoint::Problem::single_label, names_.names()};
  auto order = names_.order();
  for (std::int64_t& id : examples.classes) id = order.class_of[static_cast<std::size_t>(id)];
  return {checkpoint::Problem::single_label, std::move(order.names)};
}

}  // namespace turngreen::data
