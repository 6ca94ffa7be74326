#include "value_in_force.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace turngreen::explore {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kUsualNames{{
    {"bfloat16", "bf16"},
    {"disabled", "off"},
    {"enabled", "on"},
    {"false", "off"},
    {"float", "fp32"},
    {"float16", "fp16"},
    {"float32", "fp32"},
    {"float64", "fp64"},
    {"half", "fp16"},
    {"no", "off"},
    {"none", "off"},
    {"true", "on"},
    {"yes", "on"},
}};

std::string usual_name(std::string_view text) {
  std::string word(text);
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::string_view kModule = "torch.";
  if (word.starts_with(kModule)) word.erase(0, kModule.size());
  const auto found =
      std::ranges::find(kUsualNames, word, &std::pair<std::string_view, std::string_view>::first);
  return found == kUsualNames.end() ? word : std::string(found->second);
}

knobs::Value value_of(const pipeline::EffectiveValue& told) {
  struct Visitor {
    knobs::Value operator()(const std::string& text) const { return knobs::Value(text); }
    knobs::Value operator()(double number) const { return knobs::Value(fmt::format("{}", number)); }
    knobs::Value operator()(bool on) const { return knobs::Value(on ? "on" : "off"); }
  };
  return std::visit(Visitor{}, told.value);
}

}  // namespace

ValueInForce::ValueInForce(std::string text, std::optional<double> number)
    : text_(std::move(text)), word_(usual_name(text_)), number_(number) {}

ValueInForce::ValueInForce(const knobs::Value& asked)
    : ValueInForce(asked.text(), asked.number()) {}

ValueInForce::ValueInForce(const pipeline::EffectiveValue& told) : ValueInForce(value_of(told)) {}

std::optional<bool> ValueInForce::as_switch() const {
  if (word_ == "on") return true;
  if (word_ == "off") return false;
  return std::nullopt;
}

std::optional<bool> ValueInForce::matches(const ValueInForce& told, double tolerance) const {
  if (number_ && told.number_) {
    const double larger = std::max(std::abs(*number_), std::abs(*told.number_));
    return std::abs(*number_ - *told.number_) <= tolerance * larger;
  }
  if (!number_ && !told.number_) return word_ == told.word_;
  if (number_) {
    const auto on = told.as_switch();
    return on && (*on ? *number_ == 1 : *number_ == 0);
  }
  const bool told_on = *told.number_ != 0;
  const auto on = as_switch();
  // A device has a number where nothing was asked: its default.
  if (!on || (!*on && told_on)) return std::nullopt;
  return *on == told_on;
}

}  // namespace turngreen::explore
