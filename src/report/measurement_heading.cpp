#include "measurement_heading.h"

#include <fmt/format.h>

#include <map>

#include "display_text.h"
#include "measurement_words.h"
#include "text_grid.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using pipeline::Measurement;

std::string ending_words(const Measurement& m) {
  if (m.command.empty()) return "the recording ends before the run did";
  if (m.signal) return fmt::format("ended by signal {}", *m.signal);
  return fmt::format("exit status {}", m.exit_status);
}

}  // namespace

std::string title_line(const Measurement& m, const TableStyle& style) {
  const std::string command = m.command.empty() ? "(unknown command)" : command_line(m.command);
  return emphasised(shortened("turngreen  " + command, style.columns), TextGrid::Emphasis::strong,
                    style.colour) +
         '\n';
}

std::string found_lines(const Measurement& m, const TableStyle& style) {
  // Which word stands before the domains of a source, and their names.
  std::map<std::pair<std::string_view, energy::Source>, std::string> found;
  for (std::size_t i = 0; i < m.energy.domains.size() && i < m.energy.domain_totals.size(); ++i) {
    const auto& domain = m.energy.domains[i];
    if (!domain.counted()) continue;
    const std::string_view word = !m.energy.domain_totals[i].energy ? "no reading"
                                  : domain.estimated()              ? "estimated "
                                                                    : "measured  ";
    auto& names = found[{word, domain.source}];
    names += (names.empty() ? "" : ", ") + printable(domain.name);
  }
  if (found.empty()) return "nothing measured: no sensor was found\n";
  std::string out;
  for (const auto& [key, names] : found) {
    const auto& [word, source] = key;
    const auto how =
        source == energy::Source::estimator ? "by a model, not a sensor" : source_words(source);
    out += shortened(fmt::format("{} {}: {}", word, names, how), style.columns) + '\n';
  }
  return out;
}

std::string measurement_heading(const Measurement& m, const TableStyle& style) {
  const std::string scope = m.scope == pipeline::Scope::machine
                                ? std::string("the whole machine")
                                : fmt::format("the command's share ({})", printable(m.scope_basis));
  return title_line(m, style) +
         fmt::format("{}, {}, {}\n", ending_words(m), units::to_text(m.energy.time()), scope) +
         found_lines(m, style) + '\n';
}

}  // namespace turngreen::report
