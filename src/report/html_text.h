#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace turngreen::report {

/// Text as it may stand in an HTML element or in a quoted attribute: a name can hold no markup.
/// Bytes that are not UTF-8 become U+FFFD.
std::string html_text(std::string_view text);

/// A JSON document as it may stand in a <script> element: what could end the element, or a line of
/// a script, is written as \u escapes, which mean the same.
std::string script_json(const nlohmann::ordered_json& document);

}  // namespace turngreen::report
