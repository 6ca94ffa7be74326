#include "measurement_footnotes.h"

#include <fmt/format.h>

#include "display_text.h"
#include "measurement_words.h"
#include "stage_outline.h"
#include "text_grid.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using energy::Statement;
using pipeline::Measurement;

std::string estimate_line(const Statement& s) {
  if (!s.total.energy || !holds_estimate(s, s.domain_totals)) return {};
  if (s.estimated >= s.total.energy->value) {
    return "~ all of it is estimated by a model of this machine, no sensor measured it\n";
  }
  return fmt::format(
      "~ holds estimated energy: {:.1f} % of the total is a model's, not a sensor's\n",
      100 * (s.estimated / s.total.energy->value));
}

std::string unmeasured_lines(const Statement& s) {
  std::string out;
  for (std::size_t i = 0; i < s.domain_totals.size() && i < s.domains.size(); ++i) {
    const auto time = s.domain_totals[i].unmeasured;
    if (time <= units::Duration()) continue;
    out += fmt::format("{}: {} not measured; \"at most\" includes what it may have drawn then\n",
                       printable(s.domains[i].name), units::to_text(time));
  }
  return out;
}

std::string idle_line(const Measurement& m, std::string_view mark) {
  if (!m.idle || !m.above_idle) return {};
  const std::string basis =
      m.idle->basis == pipeline::Idle::Basis::given
          ? std::string("given")
          : fmt::format("measured for {}", units::to_text(m.idle->measured_for));
  return fmt::format("above idle {}{} (idle {}, {})\n", mark, units::to_text(*m.above_idle),
                     units::to_text(m.idle->power), basis);
}

std::string figure_lines(const Measurement& m, std::string_view mark, const TableStyle& style) {
  std::string out = idle_line(m, mark);
  if (m.carbon) {
    // The basis may be long (source and licence); the JSON has all of it.
    out += shortened(fmt::format("carbon {}{}, {}", mark, units::to_text(m.carbon->carbon),
                                 printable(m.carbon->basis)),
                     style.columns) +
           '\n';
  }
  if (m.cost) {
    out += fmt::format("cost {}{}, {}\n", mark, units::to_text(m.cost->cost),
                       printable(m.cost->basis));
  }
  return out;
}

std::string progress_lines(const Measurement& m, std::string_view mark) {
  std::string out;
  const auto add = [&](const pipeline::Progress& progress, std::uint64_t count,
                       std::string_view unit) {
    if (count == 0) return;
    const std::string stage = progress.stage.empty() ? "the run" : printable(progress.stage);
    out += fmt::format("{}: {} {}", stage, count, unit);
    if (const auto energy = energy_of_stage(m.energy, progress.stage)) {
      out += fmt::format(", {}{} each", mark,
                         units::to_text(energy->value / static_cast<double>(count)));
    }
    out += '\n';
  };
  for (const auto& progress : m.progress) {
    add(progress, progress.samples, "samples");
    add(progress, progress.tokens, "tokens");
  }
  return out;
}

std::string fault_lines(const Statement& s, const TableStyle& style) {
  std::string out;
  for (const auto& fault : s.faults) {
    // A wrap that was unwrapped costs nothing: worth knowing, no reason to worry.
    const bool harmless = fault.kind == energy::FaultKind::wrap;
    out += emphasised((harmless ? "note: " : "fault: ") + fault_sentence(fault),
                      harmless ? TextGrid::Emphasis::faint : TextGrid::Emphasis::strong,
                      style.colour) +
           '\n';
  }
  return out;
}

std::string sampling_line(const Statement& s, const TableStyle& style) {
  const auto& sampling = s.sampling;
  if (sampling.samples == 0) return {};
  return emphasised(
             fmt::format("{} samples, one every {}, longest gap {}; the meter took {} of one "
                         "processor",
                         sampling.samples, units::to_text(sampling.period),
                         units::to_text(sampling.longest_gap),
                         units::to_text(sampling.sampling_time)),
             TextGrid::Emphasis::faint, style.colour) +
         '\n';
}

}  // namespace

std::string measurement_footnotes(const Measurement& m, const TableStyle& style) {
  const std::string_view mark = holds_estimate(m.energy, m.energy.domain_totals) ? "~" : "";
  const std::string lines = estimate_line(m.energy) + unmeasured_lines(m.energy) +
                            figure_lines(m, mark, style) + progress_lines(m, mark) +
                            fault_lines(m.energy, style) + sampling_line(m.energy, style);
  return lines.empty() ? lines : '\n' + lines;
}

}  // namespace turngreen::report
