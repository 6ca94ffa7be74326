#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "report/report_page.h"

namespace turngreen::report {

/// A report in which every part of the page has something to tell: sample_report.json.
inline nlohmann::ordered_json sample_document() {
  std::ifstream in(TURNGREEN_SOURCE_DIR "/tests/report/sample_report.json");
  return nlohmann::ordered_json::parse(in);
}

/// The same with `trials` trials.
inline nlohmann::ordered_json sample_document(std::size_t trials) {
  auto document = sample_document();
  const auto some = document["trials"];
  document["trials"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < trials; ++i) {
    auto trial = some[i % some.size()];
    trial["number"] = i + 1;
    document["trials"].push_back(std::move(trial));
  }
  document["study"]["trials"] = trials;
  return document;
}

}  // namespace turngreen::report
