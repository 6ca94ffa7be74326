#include "turngreen/study/study_difference.h"

#include <fmt/format.h>

#include <algorithm>

#include "turngreen/knobs/value.h"

namespace turngreen::study {
namespace {

using Texts = std::vector<std::string>;

/// Values that are written otherwise may be the same number.
bool same(const std::string& a, const std::string& b) { return knobs::Value(a) == knobs::Value(b); }

bool begins_with(const Texts& values, const Texts& beginning) {
  return values.size() >= beginning.size() &&
         std::equal(beginning.begin(), beginning.end(), values.begin(), same);
}

std::string knob_difference(const StudyRecord& stored, const StudyRecord& asked, std::size_t i) {
  const std::string& id = stored.knobs[i];
  if (!begins_with(asked.values[i], stored.values[i])) {
    return fmt::format(
        "\n  knob {} had the values {} and now has {}; values may only be added at the end", id,
        fmt::join(stored.values[i], ", "), fmt::join(asked.values[i], ", "));
  }
  if (stored.off[i] != asked.off[i]) {
    return fmt::format("\n  knob {} was off at {} and now is at {}", id,
                       stored.values[i].at(stored.off[i]), asked.values[i].at(asked.off[i]));
  }
  return {};
}

}  // namespace

StudyRecord record_of(std::string_view name, const knobs::Space& space, std::uint64_t seed,
                      std::string_view file_text, const std::filesystem::path& file) {
  StudyRecord record;
  record.name = name;
  record.seed = seed;
  record.file_text = file_text;
  record.file_path = file.string();
  for (const auto& knob : space.knobs()) {
    record.knobs.push_back(knob.id);
    record.off.push_back(knob.off);
    auto& texts = record.values.emplace_back();
    for (const auto& value : knob.values) texts.push_back(value.text());
  }
  return record;
}

std::string difference(const StudyRecord& stored, const StudyRecord& asked) {
  if (stored.knobs != asked.knobs) {
    return fmt::format(
        "\n  its knobs were, in this order, {} and now are {}",
        stored.knobs.empty() ? "none" : fmt::format("{}", fmt::join(stored.knobs, ", ")),
        asked.knobs.empty() ? "none" : fmt::format("{}", fmt::join(asked.knobs, ", ")));
  }
  std::string lines;
  for (std::size_t i = 0; i < stored.knobs.size(); ++i) lines += knob_difference(stored, asked, i);
  return lines;
}

}  // namespace turngreen::study
