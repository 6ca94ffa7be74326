#include "turngreen/knobs/knob.h"

#include <algorithm>
#include <utility>

namespace turngreen::knobs {
namespace {

constexpr std::array<std::pair<Phase, std::string_view>, kPhases.size()> kPhaseWords{{
    {Phase::data, "data"},
    {Phase::model, "model"},
    {Phase::training, "training"},
    {Phase::system, "system"},
    {Phase::inference, "inference"},
}};

constexpr std::array<std::pair<Resource, std::string_view>, kResources.size()> kResourceWords{{
    {Resource::compute, "compute"},
    {Resource::precision, "precision"},
    {Resource::parameters, "parameters"},
    {Resource::memory, "memory"},
    {Resource::tokens, "tokens"},
    {Resource::samples, "samples"},
    {Resource::graph, "graph"},
    {Resource::io, "io"},
    {Resource::power, "power"},
}};

template <typename Rows, typename Kind>
std::string_view word_of(const Rows& rows, Kind kind) {
  const auto row = std::ranges::find(rows, kind, &Rows::value_type::first);
  return row == rows.end() ? std::string_view() : row->second;
}

template <typename Kind, typename Rows>
std::optional<Kind> kind_of(const Rows& rows, std::string_view text) {
  const auto row = std::ranges::find(rows, text, &Rows::value_type::second);
  return row == rows.end() ? std::nullopt : std::optional<Kind>(row->first);
}

}  // namespace

std::string_view to_string(Phase phase) { return word_of(kPhaseWords, phase); }
std::optional<Phase> parse_phase(std::string_view text) {
  return kind_of<Phase>(kPhaseWords, text);
}

std::string_view to_string(Resource resource) { return word_of(kResourceWords, resource); }
std::optional<Resource> parse_resource(std::string_view text) {
  return kind_of<Resource>(kResourceWords, text);
}

}  // namespace turngreen::knobs
