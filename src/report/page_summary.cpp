#include "page_summary.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "html_text.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostWarnings = 6;

std::string text_at(const ordered_json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<double> number_at(const ordered_json& object, const char* name) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string energy_text(std::optional<double> joules) {
  return joules ? units::to_text(units::joules(*joules)) : "not measured";
}

std::string time_text(std::optional<double> seconds) {
  return seconds ? units::to_text(units::seconds(*seconds)) : "not measured";
}

std::string count_of(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

const ordered_json* configuration_named(const ordered_json& report, const std::string& name) {
  for (const auto& row : report["configurations"]) {
    if (row["name"] == name) return &row;
  }
  return nullptr;
}

std::string element(std::string_view tag, std::string_view attributes, std::string_view text) {
  return fmt::format("<{0}{1}>{2}</{0}>", tag, attributes, html_text(text));
}

/// One figure of the summary: what it is, its value, and what belongs to it in small.
std::string measure(std::string_view name, std::string_view value, std::string_view detail,
                    bool good = false) {
  return fmt::format("    <div>{}<dd>{}{}</dd></div>\n", element("dt", "", name),
                     element("div", good ? " class=\"value good\"" : " class=\"value\"", value),
                     element("div", " class=\"detail\"", detail));
}

std::string saving_measure(const ordered_json& report) {
  const auto& saving = report["saving"];
  const auto value = number_at(saving, "value");
  if (!value) return {};
  std::string detail;
  const auto low = number_at(saving, "low");
  const auto high = number_at(saving, "high");
  if (low && high) detail = fmt::format("{:.1f} to {:.1f} % ", 100 * *low, 100 * *high);
  detail += "of the baseline's " + text_at(report["study"], "objective");
  return measure("Saving", fmt::format("{:.1f} %", 100 * *value), detail, *value > 0);
}

std::string quality_measure(const ordered_json& report, const ordered_json& row) {
  const auto value = number_at(row, "quality");
  const auto baseline = number_at(report["baseline"], "quality");
  return measure(text_at(report["study"], "metric"),
                 value ? fmt::format("{:#.4g}", *value) : "not measured",
                 baseline ? fmt::format("baseline {:#.4g}", *baseline) : "");
}

std::string certainty_measure(const ordered_json& report) {
  const auto certain = number_at(report, "probability_within_budget");
  if (!certain) return {};
  const auto budget = text_at(report["study"], "budget");
  // Rounded down: what is not certain must not look so.
  return measure("Within the budget", fmt::format("{:.1f} %", std::floor(1000 * *certain) / 10),
                 budget.empty() ? "probability" : "probability; " + budget);
}

std::string ledger_measure(const ordered_json& report) {
  const auto& ledger = report["ledger"];
  std::string detail = count_of(report["trials"].size(), "trial");
  if (const auto runs = number_at(ledger, "baseline_runs")) {
    detail += fmt::format(", {:.3g} baseline runs", *runs);
  }
  if (const auto after = number_at(ledger, "paid_back_after")) {
    detail += fmt::format("; paid back after {:.0f} runs", std::ceil(*after));
  }
  return measure("Spent by the study", energy_text(number_at(ledger, "spent_j")), detail);
}

std::string measures(const ordered_json& report, const ordered_json& row) {
  const auto& baseline = report["baseline"];
  const bool same = row["name"] == baseline["name"];
  const auto against = [same](const std::string& text) {
    return same ? std::string("the baseline's") : "baseline " + text;
  };
  std::string html = "  <dl class=\"measures\">\n" + saving_measure(report);
  html += measure("Energy of a run", energy_text(number_at(row["energy_j"], "value")),
                  against(energy_text(number_at(baseline["energy_j"], "value"))));
  html += measure("Time of a run", time_text(number_at(row, "seconds")),
                  against(time_text(number_at(baseline, "seconds"))));
  html += quality_measure(report, row) + certainty_measure(report) + ledger_measure(report);
  return html + "  </dl>\n";
}

/// The knobs that are not as in the baseline.
std::string knobs(const ordered_json& report, const ordered_json& row) {
  const auto& off = report["baseline"]["configuration"];
  std::string items;
  for (const auto& [knob, value] : row["configuration"].items()) {
    const auto same = off.find(knob);
    if (same != off.end() && *same == value) continue;
    const auto text = value.is_string() ? value.get<std::string>() : value.dump();
    items += element("li", "", knob + " = " + text);
  }
  if (items.empty()) return {};
  return fmt::format(
      "  <ul class=\"knobs\" aria-label=\"Knobs that differ from the baseline\">{}</ul>\n", items);
}

std::string sentences(const ordered_json& report) {
  const auto& all = report["summary"];
  std::string items;
  for (std::size_t i = 1; i < all.size(); ++i) {
    items += element("li", "", all[i].get<std::string>());
  }
  return items.empty() ? items : "  <ul class=\"sentences\">" + items + "</ul>\n";
}

/// The notes that a reader must not miss.
std::string warnings(const ordered_json& report) {
  std::string items;
  std::size_t count = 0;
  for (const auto& note : report["notes"]) {
    const auto kind = text_at(note, "kind");
    if (kind != "degenerate" && kind != "clusters" && kind != "set aside") continue;
    if (++count <= kMostWarnings) items += element("li", "", text_at(note, "text"));
  }
  if (count > kMostWarnings) {
    items +=
        fmt::format("<li>{} more under <a href=\"#notes\">Notes</a></li>", count - kMostWarnings);
  }
  if (items.empty()) return {};
  return "  <div class=\"beware\"><h3>Beware</h3><ul>" + items + "</ul></div>\n";
}

}  // namespace

std::string page_heading(const ordered_json& report) {
  const auto name = text_at(report["study"], "name");
  return html_text(name.empty() ? "Study" : name);
}

std::string page_facts(const ordered_json& report) {
  const auto& study = report["study"];
  std::vector<std::string> facts{count_of(report["configurations"].size(), "configuration"),
                                 count_of(report["trials"].size(), "trial")};
  if (const auto failed = number_at(study, "failed"); failed && *failed > 0) {
    facts.push_back(fmt::format("{:.0f} of them failed", *failed));
  }
  facts.push_back("quality by " + text_at(study, "metric"));
  facts.push_back("from " + text_at(study, "source"));
  if (const auto created = text_at(study, "created"); !created.empty()) facts.push_back(created);
  return html_text(fmt::format("{}", fmt::join(facts, " · ")));
}

std::string page_summary(const ordered_json& report) {
  const auto& all = report["summary"];
  std::string html;
  if (!all.empty()) {
    html += "  " + element("p", " class=\"verdict\"", all[0].get<std::string>()) + "\n";
  }
  const auto* row = configuration_named(report, text_at(report, "recommended"));
  if (row == nullptr && report["baseline"].is_object()) row = &report["baseline"];
  if (row != nullptr) html += knobs(report, *row) + measures(report, *row);
  return html + warnings(report) + sentences(report);
}

std::string page_footer(const ordered_json& report) {
  return html_text(fmt::format("Written by turngreen {}. The figures are drawn by plotly.js (MIT).",
                               text_at(report["study"], "version")));
}

}  // namespace turngreen::report
