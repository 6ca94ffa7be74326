#include "html_text.h"

#include "display_text.h"

namespace turngreen::report {

std::string html_text(std::string_view text) {
  std::string html;
  html.reserve(text.size());
  for (const char sign : valid_utf8(text)) {
    switch (sign) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '\'':
        html += "&#39;";
        break;
      default:
        html += sign;
    }
  }
  return html;
}

std::string script_json(const nlohmann::ordered_json& document) {
  using nlohmann::ordered_json;
  const std::string json = document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  std::string escaped;
  escaped.reserve(json.size() + json.size() / 16);
  for (std::size_t at = 0; at < json.size(); ++at) {
    const std::string_view rest = std::string_view(json).substr(at, 3);
    switch (json[at]) {
      case '<':
        escaped += "\\u003c";
        continue;
      case '>':
        escaped += "\\u003e";
        continue;
      case '&':
        escaped += "\\u0026";
        continue;
      default:
        break;
    }
    if (rest == "\u2028" || rest == "\u2029") {
      escaped += rest == "\u2028" ? "\\u2028" : "\\u2029";
      at += 2;
    } else {
      escaped += json[at];
    }
  }
  return escaped;
}

}  // namespace turngreen::report
