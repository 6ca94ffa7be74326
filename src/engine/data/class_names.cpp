#include "class_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

#include "tokenizer/utf8_text.h"
#include "turngreen/engine/data/load_examples.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

constexpr std::size_t kMostListed = 20;

/// Whether these are exactly 0 to n - 1, in any order.
bool are_class_numbers(const std::vector<std::int64_t>& integers) {
  const auto count = static_cast<std::int64_t>(integers.size());
  // They differ from each other: as many as fit are all.
  return std::all_of(integers.begin(), integers.end(),
                     [&](std::int64_t n) { return n >= 0 && n < count; });
}

}  // namespace

std::optional<std::int64_t> as_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (fmt::format_int(value).str() != text) return std::nullopt;
  return value;
}

ClassNames::ClassNames(std::vector<std::string> known) : is_known_(true), names_(std::move(known)) {
  for (std::size_t n = 0; n < names_.size(); ++n) {
    ids_.emplace(names_[n], static_cast<std::int64_t>(n));
    has_integer_names_ = has_integer_names_ || as_integer(names_[n]).has_value();
  }
}

Result<std::int64_t> ClassNames::id_of(std::string_view name) {
  // Names end up in JSON, which must be UTF-8.
  std::string key =
      tokenizer::is_utf8(name) ? std::string(name) : tokenizer::with_replacements(name);
  const auto found = ids_.find(key);
  if (found != ids_.end()) return found->second;
  if (is_known_) return unknown(name);
  if (names_.size() == kMostClasses) {
    return fail(Error::Kind::unsupported,
                fmt::format("more than {} classes; is this the column of labels?", kMostClasses));
  }
  const auto id = static_cast<std::int64_t>(names_.size());
  names_.push_back(key);
  ids_.emplace(std::move(key), id);
  return id;
}

/// No name of a class; perhaps its number.
Result<std::int64_t> ClassNames::unknown(std::string_view name) const {
  const auto number = as_integer(name);
  const auto count = static_cast<std::int64_t>(names_.size());
  if (number && !has_integer_names_ && *number >= 0 && *number < count) return *number;
  std::string listed;
  for (std::size_t n = 0; n < std::min(names_.size(), kMostListed); ++n) {
    listed += (listed.empty() ? "" : ", ") + units::in_quotes(names_[n]);
  }
  if (names_.size() > kMostListed) listed += ", ...";
  std::string message =
      fmt::format("label {} is none of the model's: {}", units::in_quotes(name), listed);
  if (!has_integer_names_ && count > 0) message += fmt::format(", or a number up to {}", count - 1);
  const auto nearest = units::nearest_word(name, names_);
  if (nearest) message += fmt::format("; did you mean {}?", units::in_quotes(*nearest));
  return fail(Error::Kind::invalid_input, std::move(message));
}

ClassNames::Order ClassNames::order() const {
  std::vector<std::int64_t> integers;
  for (const std::string& name : names_) {
    if (const auto integer = as_integer(name)) integers.push_back(*integer);
  }
  const bool all_integers = integers.size() == names_.size();
  if (all_integers && are_class_numbers(integers)) {
    Order order{{}, std::move(integers)};
    for (std::size_t n = 0; n < names_.size(); ++n)
      order.names.push_back(fmt::format("LABEL_{}", n));
    return order;
  }
  std::vector<std::size_t> sorted(names_.size());
  std::iota(sorted.begin(), sorted.end(), std::size_t{0});
  std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) {
    return all_integers ? integers[a] < integers[b] : names_[a] < names_[b];
  });
  Order order{{}, std::vector<std::int64_t>(names_.size())};
  for (const std::size_t id : sorted) {
    order.class_of[id] = static_cast<std::int64_t>(order.names.size());
    order.names.push_back(names_[id]);
  }
  return order;
}

}  // namespace turngreen::data
