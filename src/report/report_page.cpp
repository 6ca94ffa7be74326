#include "report_page.h"

#include <fmt/format.h>

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "html_text.h"
#include "page_summary.h"

namespace turngreen::report {
namespace {

using Filling = std::pair<std::string_view, std::string_view>;  ///< a place's name, what goes there

/// Fills each {{name}}; what was put in is not looked at again. Names without filling stay.
std::string filled(std::string_view text, const std::vector<Filling>& fillings) {
  std::size_t size = text.size();
  for (const auto& [name, content] : fillings) size += content.size();
  std::string page;
  page.reserve(size);
  while (!text.empty()) {
    const auto open = text.find("{{");
    const auto close = text.find("}}", open);
    if (close == std::string_view::npos) break;
    page += text.substr(0, open);
    const auto place = text.substr(open + 2, close - open - 2);
    for (const auto& [name, content] : fillings) {
      if (name == place) page += content;
    }
    text.remove_prefix(close + 2);
  }
  return page += text;
}

/// What marks the page's own scripts, so that the browser runs no other, whatever a name holds.
/// It depends on everything in the report, and so can't be foreseen by whoever chose a name.
std::string nonce_of(std::string_view data) {
  return fmt::format("{:016x}", std::hash<std::string_view>{}(data));
}

}  // namespace

Result<std::string> report_page(const nlohmann::ordered_json& report, const PageParts& parts) {
  if (parts.plotly.empty()) {
    return fail(Error::Kind::not_found,
                "this build of turngreen holds no plotly.min.js, which draws the figures of the "
                "HTML report: run `scripts/make-venv report`, or configure with "
                "-DTURNGREEN_PLOTLY_JS=FILE, and build again");
  }
  const std::string data = script_json(report);
  const std::string nonce = nonce_of(data);
  const std::string heading = page_heading(report);
  const std::string title = heading + " – Turngreen report";
  const std::string facts = page_facts(report);
  const std::string summary = page_summary(report);
  const std::string footer = page_footer(report);
  return filled(parts.html, {{"nonce", nonce},
                             {"title", title},
                             {"heading", heading},
                             {"facts", facts},
                             {"summary", summary},
                             {"footer", footer},
                             {"style", parts.style},
                             {"data", data},
                             {"plotly", parts.plotly},
                             {"script", parts.script}});
}

}  // namespace turngreen::report
