#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "display_text.h"
#include "text_grid.h"
#include "turngreen/report/knobs_report.h"

namespace turngreen::report {
namespace {

using Align = TextGrid::Align;
using knobs::Knob;

std::string list_of(const std::vector<knobs::Value>& values) {
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ", ") + value.text();
  return list;
}

std::string others_of(const Knob& knob) {
  auto values = knob.values;
  values.erase(values.begin() + static_cast<std::ptrdiff_t>(knob.off));
  return printable(list_of(values));
}

std::string conditions_lines(std::string_view word, const std::vector<knobs::Condition>& all) {
  std::string lines;
  for (const auto& condition : all) {
    lines += fmt::format("{:<10} {}: {}\n", word, condition.knob, list_of(condition.values));
  }
  return printable(lines.substr(0, lines.empty() ? 0 : lines.size() - 1)) +
         (lines.empty() ? "" : "\n");
}

std::string line(std::string_view word, std::string_view text) {
  return text.empty() ? std::string() : fmt::format("{:<10} {}\n", word, printable(text));
}

std::string expected_grid(const Knob& knob, const TableStyle& style) {
  TextGrid grid({{"value", Align::left}, {"energy"}, {"at least"}, {"at most"}});
  for (std::size_t i = 0; i < knob.expected.size(); ++i) {
    if (!knob.expected[i]) continue;
    const auto& [factor, spread] = *knob.expected[i];
    grid.add({printable(knob.values[i].text()), fmt::format("{:.3f}", factor),
              fmt::format("{:.3f}", factor * std::exp(-2 * spread)),
              fmt::format("{:.3f}", factor * std::exp(2 * spread))});
  }
  return grid.text(style.columns, 2, style.colour);
}

}  // namespace

std::string knobs_text(std::span<const Knob> knobs, const TableStyle& style) {
  std::string out;
  for (const auto phase : knobs::kPhases) {
    TextGrid grid({{std::string(to_string(phase)), Align::left},
                   {"relieves", Align::left},
                   {"off", Align::left},
                   {"other values", Align::left}});
    bool any = false;
    for (const Knob& knob : knobs) {
      if (knob.phase != phase) continue;
      any = true;
      grid.add({printable(knob.id), knob.resource ? std::string(to_string(*knob.resource)) : "-",
                printable(knob.values[knob.off].text()), others_of(knob)});
    }
    if (any) out += (out.empty() ? "" : "\n") + grid.text(style.columns, 3, style.colour);
  }
  return out;
}

std::string knob_text(const Knob& knob, const TableStyle& style) {
  std::string out = emphasised(printable(knob.id), TextGrid::Emphasis::strong, style.colour) + '\n';
  if (!knob.description.empty()) out += printable(knob.description) + '\n';
  out += '\n' + line("phase", to_string(knob.phase)) +
         line("relieves", knob.resource ? to_string(*knob.resource) : "") +
         line("values", list_of(knob.values)) + line("off", knob.values[knob.off].text()) +
         line("in order", knob.ordered ? "yes" : "no") +
         line("stages", knob.stages.empty() ? "not known; it may act on all"
                                            : fmt::format("{}", fmt::join(knob.stages, ", "))) +
         conditions_lines("requires", knob.needs) + conditions_lines("excludes", knob.excludes);
  const bool published = std::any_of(knob.expected.begin(), knob.expected.end(),
                                     [](const auto& each) { return each.has_value(); });
  if (!published) return out + "\nNothing about its energy is taken from elsewhere.\n";
  return out +
         "\nEnergy of these stages, with the knob off as 1, as published elsewhere (with the "
         "range it is believed with):\n" +
         expected_grid(knob, style) + line("source", knob.source);
}

}  // namespace turngreen::report
