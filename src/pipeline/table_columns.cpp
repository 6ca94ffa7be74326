#include "table_columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

using units::in_quotes;

/// "; did you mean ...?" or what there is.
std::string instead_of(std::string_view wanted, std::span<const std::string> there) {
  if (const auto near = units::nearest_word(wanted, there)) {
    return fmt::format("; did you mean {}?", in_quotes(*near));
  }
  constexpr std::size_t kMostShown = 20;
  std::string shown;
  for (const std::string& word : there.first(std::min(there.size(), kMostShown))) {
    shown += fmt::format("{}{}", shown.empty() ? "" : ", ", in_quotes(word));
  }
  return fmt::format("; there are {}{}", shown, there.size() > kMostShown ? ", ..." : "");
}

}  // namespace

TableColumns TableColumns::find(std::span<const std::string> header,
                                const TableDescription& description, const knobs::Space& space,
                                FaultLines& faults) {
  const std::string file = description.file.filename().string();
  const auto column = [&](const std::string& name, std::string_view what) {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) {
      faults.add(fmt::format("{}: there is no column {} for {}{}", file, in_quotes(name), what,
                             instead_of(name, header)));
      return kNone;
    }
    if (std::ranges::count(header, name) > 1) {
      faults.add(
          fmt::format("{}: column {} for {} is there more than once", file, in_quotes(name), what));
    }
    return static_cast<std::size_t>(found - header.begin());
  };

  TableColumns columns;
  for (const knobs::Knob& knob : space.knobs()) {
    columns.knobs.push_back(column(knob.id, "the knob of that name"));
  }
  std::vector<std::string> stages;
  for (const auto& [stage, name] : description.stages) {
    columns.joules.push_back(column(name, fmt::format("the joules of stage {}", stage)));
    stages.push_back(stage);
  }
  if (stages.empty()) {
    faults.add(fmt::format("{}: no column of joules is named; name one for each stage", file));
  }
  columns.seconds.assign(stages.size(), kNone);
  for (const auto& [stage, name] : description.seconds) {
    const std::size_t found = column(name, fmt::format("the seconds of stage {}", stage));
    const auto place = std::ranges::find(stages, stage);
    if (place == stages.end()) {
      faults.add(fmt::format("{}: seconds are named for {}, which is no stage{}", file,
                             in_quotes(stage), instead_of(stage, stages)));
    } else {
      columns.seconds[static_cast<std::size_t>(place - stages.begin())] = found;
    }
  }
  for (const auto& [metric, name] : description.quality) {
    columns.quality.push_back(column(name, fmt::format("the metric {}", metric)));
  }
  if (!description.fidelity.empty()) {
    columns.fidelity = column(description.fidelity, "the fidelity");
  }
  return columns;
}

}  // namespace turngreen::pipeline
