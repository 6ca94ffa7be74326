#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "page_parts.h"
#include "turngreen/units/result.h"

namespace turngreen::report {

/// The HTML page of a document that report_json() wrote: the same report always gives the same
/// bytes. The summary stands in it as markup; all else is drawn from the document by its scripts.
/// Error: the parts, which are those of this build, lack plotly.min.js.
Result<std::string> report_page(const nlohmann::ordered_json& report,
                                const PageParts& parts = page_parts());

}  // namespace turngreen::report
