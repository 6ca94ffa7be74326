#include "configuration_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "name_parts.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using units::in_quotes;

constexpr std::string_view kOff = "off";
constexpr std::string_view kOn = "on";

class Reader {
 public:
  Reader(std::span<const std::string> names, std::size_t baseline,
         std::span<const std::optional<StatedKnobs>> stated)
      : names_(names), baseline_(baseline), stated_(stated) {
    const auto indexed = std::ranges::count_if(names, has_index);
    const bool all_indexed = 2 * static_cast<std::size_t>(indexed) > names.size();
    for (const auto& name : names) parts_.push_back(name_parts(name, all_indexed));
    found_.settings.resize(names.size());
  }

  NamedKnobs read() {
    collect_known();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (stated_[i]) {
        take_stated(i);
      } else if (i != baseline_) {
        take_parts(i);
      }
    }
    take_stated_off();
    tell_unknown_parts();
    keep_apart();
    found_.knobs = std::move(knobs_);
    return std::move(found_);
  }

 private:
  /// The parts that stand alone somewhere, or that the user stated: what others are matched to.
  void collect_known() {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (i == baseline_) continue;
      if (!stated_[i] && parts_[i].size() == 1) add_known(parts_[i].front());
      if (stated_[i]) {
        for (const auto& part : stated_[i]->parts) add_known(words_of(part));
      }
    }
  }
  void add_known(const NameWords& words) {
    if (std::ranges::find(known_, words) == known_.end()) known_.push_back(words);
  }

  void take_stated(std::size_t i) {
    for (const auto& [knob, value] : stated_[i]->values) {
      const std::string id = knob_id(words_of(knob));
      add_value(id, value, knob);
      found_.settings[i].emplace_back(id, value);
    }
    for (const auto& part : stated_[i]->parts) turn_on(i, words_of(part), part);
  }

  /// The baseline's value of a stated knob is the one that means off.
  void take_stated_off() {
    std::map<std::string, std::string> off;
    for (const auto& [knob, value] : found_.settings[baseline_]) off[knob] = value;
    for (auto& knob : knobs_) {
      const auto found = off.find(knob.id);
      if (found == off.end()) continue;
      const auto value = std::ranges::find(knob.values, knobs::Value(found->second));
      knob.off = static_cast<std::size_t>(value - knob.values.begin());
    }
  }

  void take_parts(std::size_t i) {
    for (const NameWords& part : parts_[i]) {
      const bool alone = parts_[i].size() == 1;
      const NameWords* meant = alone ? &part : match(part, i);
      turn_on(i, meant != nullptr ? *meant : part, names_[i]);
    }
    if (parts_[i].empty()) turn_on(i, words_of(names_[i]), names_[i]);
  }

  /// The part that stands alone elsewhere and that this one means; null: a knob of its own.
  const NameWords* match(const NameWords& part, std::size_t name) {
    if (const auto same = std::ranges::find(known_, part); same != known_.end()) return &*same;
    std::vector<const NameWords*> candidates;
    for (const NameWords& known : known_) {
      if (may_stand_for(part, known)) candidates.push_back(&known);
    }
    if (candidates.size() == 1) {
      const std::string text = fmt::format("{} as {}", knob_id(part), knob_id(*candidates.front()));
      auto& told = found_.read_as;
      if (std::ranges::find(told, text) == told.end()) told.push_back(text);
      return candidates.front();
    }
    auto& unknown = unknown_[part];
    unknown.names.push_back(name);
    unknown.candidates.clear();
    for (const auto* candidate : candidates) unknown.candidates.push_back(knob_id(*candidate));
    return nullptr;
  }

  void tell_unknown_parts() {
    for (const auto& [part, unknown] : unknown_) {
      std::string text = fmt::format("{} ", in_quotes(fmt::format("{}", fmt::join(part, "_"))));
      if (unknown.candidates.empty()) {
        text += "stands in no name alone";
      } else {
        text += fmt::format("may be any of {}", fmt::join(unknown.candidates, ", "));
      }
      text += "; it is taken as a knob of its own in";
      for (const std::size_t name : unknown.names) text += " " + in_quotes(names_[name]) + ",";
      text.pop_back();
      text += "; say which it is with --knobs FILE.csv";
      found_.notes.push_back({std::move(text), unknown.names});
    }
  }

  void turn_on(std::size_t i, const NameWords& words, std::string_view from) {
    const std::string id = knob_id(words);
    add_value(id, std::string(kOff), from);
    add_value(id, std::string(kOn), from);
    auto& settings = found_.settings[i];
    const std::pair<std::string, std::string> on(id, kOn);
    if (std::ranges::find(settings, on) == settings.end()) settings.push_back(on);
  }

  void add_value(const std::string& id, const std::string& value, std::string_view from) {
    auto knob = std::ranges::find(knobs_, id, &knobs::Knob::id);
    if (knob == knobs_.end()) {
      knob = knobs_.insert(knob, knobs::Knob{.id = id});
      knob->description = fmt::format("from {}", in_quotes(from));
    }
    const knobs::Value one(value);
    if (std::ranges::find(knob->values, one) == knob->values.end()) knob->values.push_back(one);
  }

  /// What is not off, in the order of the knobs.
  std::vector<std::pair<std::string, std::string>> in_force(std::size_t i) const {
    std::vector<std::pair<std::string, std::string>> kept;
    for (const auto& knob : knobs_) {
      for (const auto& [id, value] : found_.settings[i]) {
        if (id == knob.id && knobs::Value(value) != knob.values[knob.off]) {
          kept.emplace_back(id, value);
        }
      }
    }
    return kept;
  }

  /// Gives a name that comes out as another one a knob of its own.
  void keep_apart() {
    for (std::size_t i = 0; i < names_.size(); ++i) found_.settings[i] = in_force(i);
    std::map<std::vector<std::pair<std::string, std::string>>, std::size_t> seen;
    seen.emplace(std::vector<std::pair<std::string, std::string>>(), baseline_);
    found_.settings[baseline_].clear();
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (i == baseline_) continue;
      const auto [first, is_new] = seen.emplace(found_.settings[i], i);
      if (is_new) continue;
      const std::string id = unused_id(names_[i]);
      add_value(id, std::string(kOff), names_[i]);
      add_value(id, std::string(kOn), names_[i]);
      found_.settings[i] = {{id, std::string(kOn)}};
      seen.emplace(found_.settings[i], i);
      found_.notes.push_back(
          {fmt::format("{} comes out as the same settings as {}, so its whole name is taken as a "
                       "knob; tell them apart with --knobs FILE.csv",
                       in_quotes(names_[i]), in_quotes(names_[first->second])),
           {i}});
    }
  }

  std::string unused_id(const std::string& name) const {
    const auto taken = [&](const std::string& id) {
      return std::ranges::find(knobs_, id, &knobs::Knob::id) != knobs_.end();
    };
    std::string id = knob_id(words_of(name));
    constexpr std::size_t kRoom = 8;
    const std::string lead = id.substr(0, std::min(id.size(), std::size_t{64} - kRoom));
    for (int again = 2; taken(id); ++again) id = fmt::format("{}_{}", lead, again);
    return id;
  }

  struct UnknownPart {
    std::vector<std::size_t> names;
    std::vector<std::string> candidates;
  };

  std::span<const std::string> names_;
  std::size_t baseline_;
  std::span<const std::optional<StatedKnobs>> stated_;
  std::vector<std::vector<NameWords>> parts_;  ///< of each name
  std::vector<NameWords> known_;
  std::vector<knobs::Knob> knobs_;
  std::map<NameWords, UnknownPart> unknown_;
  NamedKnobs found_;
};

}  // namespace

NamedKnobs knobs_of_names(std::span<const std::string> names, std::size_t baseline,
                          std::span<const std::optional<StatedKnobs>> stated) {
  return Reader(names, baseline, stated).read();
}

}  // namespace turngreen::report
