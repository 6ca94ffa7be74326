#include "turngreen/pipeline/outcome.h"

#include <algorithm>
#include <array>
#include <utility>

namespace turngreen::pipeline {
namespace {

constexpr std::array kWords{std::pair{Ending::completed, std::string_view("completed")},
                            std::pair{Ending::failed, std::string_view("failed")},
                            std::pair{Ending::infeasible, std::string_view("infeasible")},
                            std::pair{Ending::stopped, std::string_view("stopped")}};

}  // namespace

std::string_view to_string(Ending ending) {
  for (const auto& [value, word] : kWords) {
    if (value == ending) return word;
  }
  return {};
}

std::optional<Ending> parse_ending(std::string_view text) {
  for (const auto& [value, word] : kWords) {
    if (word == text) return value;
  }
  return std::nullopt;
}

std::optional<double> Outcome::metric(std::string_view name) const {
  const auto found = std::ranges::find(metrics, name, &Metric::name);
  if (found == metrics.end()) return std::nullopt;
  return found->value;
}

}  // namespace turngreen::pipeline
