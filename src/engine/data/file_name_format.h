#pragma once

#include <optional>
#include <string_view>

#include "byte_stream.h"
#include "turngreen/engine/data/row_reader.h"

namespace turngreen::data {

/// What the name of a file says of its content.
struct NamedFormat {
  Format format = Format::by_name;  ///< by_name: nothing
  Compression compression = Compression::by_content;
};

NamedFormat format_of_name(std::string_view file);

}  // namespace turngreen::data
