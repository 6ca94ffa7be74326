#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace turngreen::report {

// The parts of the page that must be readable before any script has run, as markup, from a document
// that report_json() wrote.

std::string page_heading(const nlohmann::ordered_json& report);  ///< the study's name
std::string page_facts(const nlohmann::ordered_json& report);    ///< one line on the study
/// What is recommended, what it saves, how sure that is, what the study cost, and of what to
/// beware.
std::string page_summary(const nlohmann::ordered_json& report);
std::string page_footer(const nlohmann::ordered_json& report);

}  // namespace turngreen::report
