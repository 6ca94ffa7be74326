#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "turngreen/knobs/knob.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// The baseline among names of configurations, and how it was found out.
struct BaselineName {
  std::size_t index = 0;
  std::string why;  ///< "the only name with \"baseline\""
};
/// By `asked`, where it is not empty; else the only name that holds baseline, or else reference,
/// control, default, or the number 0. Error: none or several, with all names.
Result<BaselineName> find_baseline(std::span<const std::string> names, std::string_view asked);

/// What a user says of the knobs of one configuration: values by knob, or parts that are on.
struct StatedKnobs {
  std::vector<std::pair<std::string, std::string>> values;  ///< knob, value
  std::vector<std::string> parts;                           ///< knobs that are off or on
};

/// What names of configurations say of knobs.
struct NamedKnobs {
  std::vector<knobs::Knob> knobs;
  /// For each name the values of the knobs that are not off: knob, value.
  std::vector<std::vector<std::pair<std::string, std::string>>> settings;
  std::vector<std::string> read_as;  ///< "seq_lngth as sequence_length_trimming"
  struct Note {
    std::string text;
    std::vector<std::size_t> names;  ///< indices of those it is about
  };
  std::vector<Note> notes;  ///< what could not be told, and the mend
};

/// Takes configurations apart into knobs that are off or on. A name of one part is a knob of its
/// own; the parts of a bundle are matched to those by their words, where exactly one suits; a part
/// that may be any of several or none is a knob of its own, and a note says so. What is stated
/// comes before what names say. No two configurations come out the same, and the baseline has all
/// knobs off: else the whole name is a knob. `stated`: one for each name, absent: by its name.
NamedKnobs knobs_of_names(std::span<const std::string> names, std::size_t baseline,
                          std::span<const std::optional<StatedKnobs>> stated);

}  // namespace turngreen::report
