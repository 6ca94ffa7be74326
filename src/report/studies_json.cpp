#include <nlohmann/json.hpp>

#include "display_text.h"
#include "turngreen/report/study_table.h"

namespace turngreen::report {

std::string studies_json(std::span<const study::StudySummary> studies) {
  using nlohmann::ordered_json;
  ordered_json rows = ordered_json::array();
  for (const auto& study : studies) {
    rows.push_back({{"name", valid_utf8(study.name)},
                    {"seed", study.seed},
                    {"created_unix_ns", study.created_unix_ns},
                    {"finished", study.finished},
                    {"running", study.running},
                    {"spent_j", study.spent.in_joules()}});
  }
  return ordered_json{{"studies", std::move(rows)}}.dump(2) + "\n";
}

}  // namespace turngreen::report
