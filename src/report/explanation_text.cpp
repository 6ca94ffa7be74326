#include "turngreen/report/explanation_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "text_grid.h"

namespace turngreen::report {
namespace {

constexpr std::size_t kWidth = 120;

std::string setting(const knobs::Space& space, std::size_t knob, knobs::Level level) {
  return fmt::format("{}={}", space.knobs()[knob].id, space.knobs()[knob].values[level].text());
}

std::string factor_text(const units::Bounded<double>& factor) {
  return fmt::format("{:.3f}", factor.value);
}

std::string interval_text(const units::Bounded<double>& interval, std::string_view form) {
  return fmt::format(fmt::runtime(fmt::format("{{:{0}}} .. {{:{0}}}", form)), interval.low,
                     interval.high);
}

std::string knob_table(const explore::Explanation& explanation, const study::StudyFile& study) {
  TextGrid grid({{"knob", TextGrid::Align::left},
                 {"factor"},
                 {"95 % interval"},
                 {study.quality.metric},
                 {"95 % interval"}});
  for (const auto& effect : explanation.knobs) {
    const auto& change = effect.quality_change;
    grid.add({setting(study.space, effect.knob, effect.level) + (effect.tried ? "" : " *"),
              factor_text(effect.factor), interval_text(effect.factor, ".3f"),
              change ? fmt::format("{:+.4f}", change->value) : "-",
              change ? interval_text(*change, "+.4f") : "-"});
  }
  return grid.text(kWidth, 3, false);
}

std::string pair_table(std::vector<explore::PairEffect> pairs, const study::StudyFile& study) {
  TextGrid grid({{"pair", TextGrid::Align::left},
                 {"factor"},
                 {"95 % interval"},
                 {"verdict", TextGrid::Align::left}});
  for (const auto& pair : pairs) {
    grid.add({fmt::format("{} with {}", setting(study.space, pair.first, pair.first_level),
                          setting(study.space, pair.second, pair.second_level)),
              factor_text(pair.factor), interval_text(pair.factor, ".3f"),
              std::string(explore::to_string(pair.verdict))});
  }
  return grid.text(kWidth, 4, false);
}

std::string runs_text(const explore::ForetoldErrors& errors) {
  return fmt::format("{} of {} within the 95 % interval", errors.inside, errors.runs);
}

std::string extrapolation_text(const explore::Extrapolation& found, const std::string& metric) {
  std::string text;
  if (const auto& energy = found.energy) {
    text += fmt::format(
        "the energy of full runs, foretold from what had run before, was off by {:.1f} % (median), "
        "{:.1f} % at worst; {}\n",
        100 * energy->median, 100 * energy->worst, runs_text(*energy));
  }
  if (const auto& quality = found.quality) {
    text += fmt::format("their {} was off by {:.2g} (median), {:.2g} at worst; {}\n", metric,
                        quality->median, quality->worst, runs_text(*quality));
  }
  return text;
}

}  // namespace

std::string explanation_text(const explore::Explanation& explanation, const study::StudyFile& study,
                             bool all) {
  std::string text = knob_table(explanation, study);
  const bool assumed =
      std::ranges::any_of(explanation.knobs, [](const auto& effect) { return !effect.tried; });
  if (assumed) text += "* never tried: what is said of it is what was assumed\n";
  auto pairs = explanation.pairs;
  const auto hidden = std::erase_if(pairs, [&](const auto& pair) {
    return !all && pair.verdict == explore::Verdict::not_distinguishable;
  });
  if (!pairs.empty()) text += "\n" + pair_table(pairs, study);
  if (hidden > 0) {
    text += fmt::format("{}{} pairs are not distinguishable yet (--all lists them)\n",
                        pairs.empty() ? "\n" : "", hidden);
  }
  text += fmt::format(
      "\nthe model's 95 % intervals held {} of {} stage energies when each was left out\n",
      explanation.inside, explanation.predicted);
  return text + extrapolation_text(explanation.extrapolation, study.quality.metric);
}

}  // namespace turngreen::report
