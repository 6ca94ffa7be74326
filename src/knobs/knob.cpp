#include "turngreen/knobs/knob.h"

#include <algorithm>

namespace turngreen::knobs {
namespace {

template <typename Enum>
struct Row {
  Enum value;
  std::string_view word;
};

constexpr std::array kPhaseRows{Row<Phase>{Phase::data, "data"}, Row<Phase>{Phase::model, "model"},
                                Row<Phase>{Phase::training, "training"},
                                Row<Phase>{Phase::system, "system"},
                                Row<Phase>{Phase::inference, "inference"}};

constexpr std::array kResourceRows{Row<Resource>{Resource::compute, "compute"},
                                   Row<Resource>{Resource::precision, "precision"},
                                   Row<Resource>{Resource::parameters, "parameters"},
                                   Row<Resource>{Resource::memory, "memory"},
                                   Row<Resource>{Resource::tokens, "tokens"},
                                   Row<Resource>{Resource::samples, "samples"},
                                   Row<Resource>{Resource::graph, "graph"},
                                   Row<Resource>{Resource::io, "io"},
                                   Row<Resource>{Resource::power, "power"}};

template <typename Rows, typename Enum>
std::string_view word_of(const Rows& rows, Enum value) {
  const auto row = std::find_if(rows.begin(), rows.end(), [value](const auto& candidate) {
    return candidate.value == value;
  });
  return row == rows.end() ? std::string_view() : row->word;
}

template <typename Enum, typename Rows>
std::optional<Enum> value_of(const Rows& rows, std::string_view text) {
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [text](const auto& candidate) { return candidate.word == text; });
  return row == rows.end() ? std::nullopt : std::optional<Enum>(row->value);
}

}  // namespace

std::string_view to_string(Phase phase) { return word_of(kPhaseRows, phase); }
std::optional<Phase> parse_phase(std::string_view text) {
  return value_of<Phase>(kPhaseRows, text);
}
std::string_view to_string(Resource resource) { return word_of(kResourceRows, resource); }
std::optional<Resource> parse_resource(std::string_view text) {
  return value_of<Resource>(kResourceRows, text);
}

}  // namespace turngreen::knobs
