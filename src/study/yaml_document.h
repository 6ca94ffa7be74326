#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "turngreen/units/result.h"

namespace turngreen::study {

struct YamlEntry;

/// A node of a YAML file, and where it stands.
struct YamlNode {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string text;                ///< of a scalar, as written, without its quotes
  int line = 1;                    ///< from 1
  int column = 1;                  ///< from 1, in bytes, as editors and compilers jump to it
  std::vector<YamlNode> items;     ///< of a list
  std::vector<YamlEntry> entries;  ///< of a map, in their order; keys may be doubled
};

struct YamlEntry {
  YamlNode key;  ///< a scalar
  YamlNode value;
};

/// Something wrong at a place in the file.
struct YamlFault {
  int line = 1;
  int column = 1;
  std::string message;
};

using YamlDocument = tl::expected<YamlNode, YamlFault>;

inline constexpr std::size_t kMostYamlBytes = 1'000'000;

/// Reads a YAML document from a source that is not trusted. Only what a configuration file needs:
/// UTF-8, one document, no anchors, aliases or tags, keys that are scalars, at most 1 MB, 32 levels
/// and 20,000 nodes.
YamlDocument parse_yaml(std::string_view text);

}  // namespace turngreen::study
