#include "read_knobs.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalogue_defaults.h"
#include "did_you_mean.h"
#include "read_knob.h"
#include "turngreen/knobs/space_faults.h"
#include "turngreen/units/text.h"

namespace turngreen::study {
namespace {

using knobs::Knob;
using knobs::SpaceFault;
using Part = SpaceFault::Part;

struct Forbidden {
  std::vector<knobs::Condition> conditions;
  YamlField whole;
  std::vector<YamlField> places;
};

std::vector<Forbidden> read_forbidden(const YamlField& field) {
  std::vector<Forbidden> all;
  for (const auto& item : field.items()) {
    Forbidden forbidden{.conditions = {}, .whole = item, .places = {}};
    forbidden.conditions = read_conditions(item, forbidden.places);
    if (!forbidden.conditions.empty()) {
      all.push_back(std::move(forbidden));
    } else if (item.is_map() && item.node()->entries.empty()) {
      item.fault("found no knob; write KNOB: VALUE for each that takes part");
    }
  }
  return all;
}

/// The catalogue's stages that this pipeline does not have are left out; the file's are complained
/// of.
void check_stages(ReadKnob& read, const std::vector<std::string>& stages) {
  if (stages.empty()) return;
  const auto unknown = [&](const std::string& stage) {
    return std::find(stages.begin(), stages.end(), stage) == stages.end();
  };
  auto& own = read.knob.stages;
  for (std::size_t i = 0; i < read.stages.size(); ++i) {
    if (!unknown(own[i])) continue;
    read.stages[i].fault(fmt::format("{} is no stage of the pipeline; there are {}{}",
                                     units::in_quotes(own[i]), fmt::join(stages, ", "),
                                     did_you_mean(own[i], stages)));
  }
  if (!read.own_stages) own.erase(std::remove_if(own.begin(), own.end(), unknown), own.end());
}

class SpaceReader {
 public:
  SpaceReader(const YamlField& knobs, const YamlField& forbidden,
              const std::vector<std::string>& stages)
      : forbidden_(read_forbidden(forbidden)) {
    for (const auto& [id, field] : knobs.entries()) {
      const auto& entries = knobs.node()->entries;
      const YamlNode* const node = field.node();
      const auto entry = std::find_if(entries.begin(), entries.end(),
                                      [&](const YamlEntry& each) { return &each.value == node; });
      read_.push_back(read_knob(id, knobs.key_field(entry->key), field));
      check_stages(read_.back(), stages);
    }
  }

  knobs::Space space() {
    std::vector<Knob> knobs;
    for (const auto& read : read_) knobs.push_back(read.knob);
    for (std::size_t i = 0; i < read_.size(); ++i) {
      if (!read_[i].own_needs) {
        knobs[i].needs = conditions_within(read_[i].knob.needs, knobs, NoValueLeft::keep);
      }
      if (!read_[i].own_excludes) {
        knobs[i].excludes = conditions_within(read_[i].knob.excludes, knobs, NoValueLeft::drop);
      }
    }
    knobs::Space::Forbidden forbidden;
    for (const auto& each : forbidden_) forbidden.push_back(each.conditions);
    for (const auto& fault : knobs::space_faults(knobs, forbidden)) complain(fault);
    auto space = knobs::Space::build(std::move(knobs), std::move(forbidden));
    return space ? *std::move(space) : knobs::Space();
  }

 private:
  /// Whether nothing is known of the knob since its own lines are wrong, which has been said.
  bool broken(std::string_view id) const {
    return std::any_of(read_.begin(), read_.end(),
                       [&](const ReadKnob& read) { return !read.complete && read.knob.id == id; });
  }

  void complain(const SpaceFault& fault) const {
    if (fault.part == Part::forbidden) {
      const auto& [conditions, whole, places] = forbidden_[fault.index];
      const auto follows = [&](const auto& condition) { return broken(condition.knob); };
      if (std::any_of(conditions.begin(), conditions.end(), follows)) return;
      (fault.entry < places.size() ? places[fault.entry] : whole).fault_plainly(fault.message);
      return;
    }
    const ReadKnob& read = read_[fault.index];
    const auto at = [&](const std::vector<YamlField>& places) {
      (fault.entry < places.size() ? places[fault.entry] : read.key).fault_plainly(fault.message);
    };
    const auto at_condition = [&](const auto& conditions, const std::vector<YamlField>& places) {
      if (fault.entry < conditions.size() && broken(conditions[fault.entry].knob)) return;
      at(places);
    };
    switch (fault.part) {
      case Part::needs:
        at_condition(read.knob.needs, read.needs);
        break;
      case Part::excludes:
        at_condition(read.knob.excludes, read.excludes);
        break;
      case Part::expected:
        at(read.expected);
        break;
      case Part::values:
        if (read.complete) at(read.values);
        break;
      default:
        if (fault.part == Part::id || read.complete) read.key.fault_plainly(fault.message);
    }
  }

  std::vector<Forbidden> forbidden_;
  std::vector<ReadKnob> read_;
};

}  // namespace

knobs::Space read_space(const YamlField& knobs, const YamlField& forbidden,
                        const std::vector<std::string>& stages) {
  if (knobs.is_map() && knobs.node()->entries.empty()) {
    knobs.fault("found no knob; write one or more (turngreen knobs lists those it knows)");
  }
  return SpaceReader(knobs, forbidden, stages).space();
}

}  // namespace turngreen::study
