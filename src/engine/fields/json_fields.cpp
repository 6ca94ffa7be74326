#include "json_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "turngreen/units/text.h"

namespace turngreen::fields {
namespace {

using nlohmann::json;

const json kNothing = json::object();

/// As it stands in the file, cut where it is long.
std::string shown(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  return units::in_quotes(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace

void Faults::add(Error::Kind kind, std::string_view place, std::string_view what) {
  if (messages_.empty()) kind_ = kind;
  messages_.push_back(place.empty() ? fmt::format("{}: {}", file_, what)
                                    : fmt::format("{}: {}: {}", file_, place, what));
}

Error Faults::error() const {
  constexpr std::size_t kShown = 20;
  const auto shown = std::min(messages_.size(), kShown);
  std::string text = fmt::format(
      "{}",
      fmt::join(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(shown), "\n"));
  if (shown < messages_.size()) text += fmt::format("\nand {} more", messages_.size() - shown);
  return {kind_, std::move(text)};
}

JsonFields::JsonFields(const json& value, std::string place, Faults& faults)
    : value_(&value), place_(std::move(place)), faults_(&faults) {
  if (value.is_object()) return;
  faults.add(Error::Kind::invalid_input, place_,
             fmt::format("{} is here, where an object belongs", shown(value)));
  value_ = &kNothing;
}

std::string JsonFields::place_of(std::string_view name) const {
  return place_.empty() ? std::string(name) : fmt::format("{}.{}", place_, name);
}

const json* JsonFields::find(std::string_view name) const {
  const auto found = value_->find(name);
  return found == value_->end() || found->is_null() ? nullptr : &*found;
}

const json* JsonFields::need(std::string_view name, bool is_right(const json&),
                             std::string_view what, bool may_be_missing) const {
  const json* value = find(name);
  if (value == nullptr) {
    if (!may_be_missing) invalid(name, fmt::format("is missing; {} belongs here", what));
    return nullptr;
  }
  if (is_right(*value)) return value;
  invalid(name, fmt::format("{} is here, where {} belongs", shown(*value), what));
  return nullptr;
}

bool JsonFields::has(std::string_view name) const { return value_->contains(name); }

bool JsonFields::flag(std::string_view name, std::optional<bool> otherwise) const {
  const json* value = need(
      name, [](const json& its) { return its.is_boolean(); }, "true or false",
      otherwise.has_value());
  return value != nullptr ? value->get<bool>() : otherwise.value_or(false);
}

std::string JsonFields::text(std::string_view name, std::optional<std::string> otherwise) const {
  const json* value = need(
      name, [](const json& its) { return its.is_string(); }, "a string", otherwise.has_value());
  return value != nullptr ? value->get<std::string>() : otherwise.value_or("");
}

std::uint64_t JsonFields::number(std::string_view name, std::uint64_t most,
                                 std::optional<std::uint64_t> otherwise) const {
  const json* value = need(
      name, [](const json& its) { return its.is_number_unsigned(); }, "a whole number, 0 or more",
      otherwise.has_value());
  if (value == nullptr) return otherwise.value_or(0);
  const auto number = value->get<std::uint64_t>();
  if (number <= most) return number;
  invalid(name, fmt::format("{} is here, where {} is the most", number, most));
  return 0;
}

double JsonFields::real(std::string_view name, std::optional<double> otherwise) const {
  const json* value = need(
      name, [](const json& its) { return its.is_number(); }, "a number", otherwise.has_value());
  return value != nullptr ? value->get<double>() : otherwise.value_or(0);
}

JsonFields JsonFields::object(std::string_view name) const {
  const json* value = need(
      name, [](const json& its) { return its.is_object(); }, "an object", false);
  return {value != nullptr ? *value : kNothing, place_of(name), *faults_};
}

std::vector<JsonFields> JsonFields::objects(std::string_view name) const {
  const json* value = need(
      name, [](const json& its) { return its.is_array(); }, "an array", false);
  std::vector<JsonFields> all;
  if (value == nullptr) return all;
  for (const json& element : *value) {
    all.emplace_back(element, fmt::format("{}[{}]", place_of(name), all.size()), *faults_);
  }
  return all;
}

std::vector<std::string> JsonFields::texts(std::string_view name) const {
  const json* value = need(
      name,
      [](const json& its) {
        return its.is_array() &&
               std::all_of(its.begin(), its.end(), [](const json& one) { return one.is_string(); });
      },
      "an array of strings", true);
  return value != nullptr ? value->get<std::vector<std::string>>() : std::vector<std::string>();
}

std::size_t JsonFields::choice(std::string_view name, std::initializer_list<std::string_view> words,
                               std::optional<std::size_t> otherwise) const {
  const json* value = need(
      name, [](const json& its) { return its.is_string(); }, "a string", otherwise.has_value());
  if (value == nullptr) return otherwise.value_or(0);
  const auto& word = value->get_ref<const std::string&>();
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  unsupported(name, fmt::format("{} is not supported; {} are", units::in_quotes(word),
                                fmt::join(words, ", ")));
  return 0;
}

void JsonFields::unsupported(std::string_view name, std::string_view what) const {
  faults_->add(Error::Kind::unsupported, place_of(name), what);
}

void JsonFields::invalid(std::string_view name, std::string_view what) const {
  faults_->add(Error::Kind::invalid_input, place_of(name), what);
}

}  // namespace turngreen::fields
