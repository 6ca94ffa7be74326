#include "named_configuration.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "turngreen/explore/configuration_summary.h"
#include "turngreen/explore/tuner.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

using knobs::Configuration;
using units::in_quotes;

std::string in_lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

Result<Configuration> of_trial(const std::string& number, const ChosenStudy& chosen) {
  std::int64_t wanted = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wanted);
  if (error != std::errc() || end != number.data() + number.size()) {
    return fail(Error::Kind::invalid_input,
                fmt::format("#{} is no trial; a trial is named by its number, as in #12", number));
  }
  const auto found = std::ranges::find(chosen.trials, wanted, &study::Trial::number);
  if (found != chosen.trials.end()) return found->assignment.configuration;
  return fail(
      Error::Kind::not_found,
      fmt::format("the study \"{}\" has no trial #{}; turngreen study show lists those it has",
                  chosen.record.name, wanted));
}

Result<Configuration> of_settings(const std::string& text, const knobs::Space& space) {
  knobs::Settings settings;
  std::string rest = text;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const std::string part = rest.substr(0, comma);
    rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    const auto sign = part.find('=');
    if (sign == std::string::npos) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("{} in {} is no setting; settings are written knob=value,knob=value",
                              in_quotes(trimmed(part)), in_quotes(text)));
    }
    settings.emplace_back(trimmed(part.substr(0, sign)),
                          knobs::Value(trimmed(part.substr(sign + 1))));
  }
  return space.configuration(settings);
}

Result<Configuration> recommended(const ChosenStudy& chosen) {
  const auto pipeline = study::open_pipeline(chosen.study);
  if (!pipeline) return tl::unexpected(pipeline.error());
  const explore::Tuner tuner(chosen.study, **pipeline, chosen.record.seed);
  const auto recommendation = tuner.after(chosen.trials).recommendation();
  if (recommendation.better_than_baseline) return recommendation.configuration;
  return fail(
      Error::Kind::not_found,
      fmt::format("in the study \"{}\" nothing better than the baseline is known, so nothing "
                  "is recommended",
                  chosen.record.name));
}

/// Those that were run, by name.
class RunConfigurations {
 public:
  explicit RunConfigurations(const ChosenStudy& chosen) : study_(chosen.record.name) {
    for (auto& each : explore::summarise_configurations(chosen.study, chosen.trials)) {
      names_.push_back(each.name);
      configurations_.push_back(std::move(each.configuration));
    }
  }

  Result<Configuration> find(const std::string& text) const {
    const std::string wanted = in_lower_case(text);
    std::vector<std::size_t> words;
    std::vector<std::size_t> beginnings;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const std::string name = in_lower_case(names_[i]);
      if (name == wanted) return configurations_[i];
      if (wanted.empty() || !name.starts_with(wanted)) continue;
      beginnings.push_back(i);
      if (!is_letter_or_digit(name[wanted.size()])) words.push_back(i);
    }
    const auto& fitting = words.empty() ? beginnings : words;
    if (fitting.size() == 1) return configurations_[fitting.front()];
    return fitting.empty() ? none(text) : several(text, fitting);
  }

 private:
  tl::unexpected<Error> none(const std::string& text) const {
    constexpr std::size_t kMostListed = 40;
    const auto nearest = units::nearest_word(text, names_);
    std::string instead = "none was run yet";
    if (nearest) {
      instead = fmt::format("did you mean {}?", in_quotes(*nearest));
    } else if (!names_.empty()) {
      const std::size_t listed = std::min(names_.size(), kMostListed);
      const bool more = listed < names_.size();
      instead =
          fmt::format("there are {}{}; or name a trial (#12) or settings (knob=value)",
                      fmt::join(names_.begin(), names_.begin() + static_cast<long>(listed), ", "),
                      more ? fmt::format(" and {} more", names_.size() - listed) : "");
    }
    return fail(Error::Kind::not_found, fmt::format("the study \"{}\" has no configuration {}; {}",
                                                    study_, in_quotes(text), instead));
  }

  tl::unexpected<Error> several(const std::string& text,
                                const std::vector<std::size_t>& fitting) const {
    std::vector<std::string> names;
    for (const std::size_t index : fitting) names.push_back(names_[index]);
    return fail(Error::Kind::invalid_input,
                fmt::format("{} may be {}; write more of the one you mean", in_quotes(text),
                            fmt::join(names, " or ")));
  }

  std::string study_;
  std::vector<std::string> names_;
  std::vector<Configuration> configurations_;
};

}  // namespace

Result<Configuration> find_configuration(const std::string& text, const ChosenStudy& chosen) {
  if (text == "baseline") return chosen.study.space.baseline();
  if (text == "recommended") return recommended(chosen);
  if (text.starts_with('#')) return of_trial(text.substr(1), chosen);
  auto found = RunConfigurations(chosen).find(text);
  // A name may hold a "=" of its own; what is no name may be settings.
  if (found || text.find('=') == std::string::npos) return found;
  return of_settings(text, chosen.study.space);
}

}  // namespace turngreen::cli
