#include "figures.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ctime>
#include <filesystem>
#include <optional>

#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

bool is_country_code(std::string_view text) {
  return text.size() == 2 && std::all_of(text.begin(), text.end(),
                                         [](unsigned char c) { return std::isalpha(c) != 0; });
}

Result<CarbonSource> country_source(std::string_view text) {
  std::string code(text);
  std::transform(code.begin(), code.end(), code.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto found = energy::find_country_intensity(code);
  if (!found) {
    return fail(Error::Kind::not_found,
                fmt::format("--carbon: the built-in table has no country {}; give a number of "
                            "gCO2e/kWh or a CSV file of Electricity Maps",
                            code));
  }
  return CarbonSource{
      found->intensity,
      fmt::format("{} {}: {}, {}", found->name, found->year, units::to_text(found->intensity),
                  energy::country_intensities_source()),
      std::string(found->name)};
}

std::string utc(std::int64_t unix_s) {
  return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(static_cast<std::time_t>(unix_s)));
}

Result<units::CarbonIntensity> intensity_during(const pipeline::Measurement& m,
                                                const CarbonSource& source) {
  if (const auto* fixed = std::get_if<units::CarbonIntensity>(&source.intensity)) return *fixed;
  const auto& series = std::get<energy::IntensitySeries>(source.intensity);
  const std::int64_t from = m.started_unix_ns / kNanosecondsPerSecond;
  const std::int64_t end_ns = m.started_unix_ns + m.energy.time().in_nanoseconds();
  const std::int64_t until = end_ns / kNanosecondsPerSecond + 1;
  if (const auto mean = series.mean(from, until)) return *mean;
  std::string covered = "it has no intensities";
  if (!series.intervals().empty()) {
    covered = fmt::format("it covers {} to {} UTC, perhaps with holes",
                          utc(series.intervals().front().from_unix_s),
                          utc(series.intervals().back().until_unix_s));
  }
  return fail(Error::Kind::not_found,
              fmt::format("carbon is left out: {} does not cover the run ({} to {} UTC); {}",
                          source.basis, utc(from), utc(until), covered));
}

}  // namespace

Result<CarbonSource> parse_carbon_source(std::string_view text) {
  if (is_country_code(text)) return country_source(text);
  const std::filesystem::path file(text);
  std::error_code ignored;
  if (file.extension() == ".csv" || std::filesystem::is_regular_file(file, ignored)) {
    auto series = energy::IntensitySeries::load(file);
    if (!series) return tl::unexpected<Error>(series.error());
    return CarbonSource{*std::move(series), file.string(), {}};
  }
  const auto intensity = units::parse_carbon_intensity(text);
  if (intensity) {
    return CarbonSource{*intensity, fmt::format("given: {}", units::to_text(*intensity)), {}};
  }
  return fail(Error::Kind::invalid_input,
              fmt::format("--carbon: {}; a country's two letters (FR) or a CSV file of Electricity "
                          "Maps would do too",
                          intensity.error().message));
}

Result<void> add_carbon(pipeline::Measurement& m, const CarbonSource& source) {
  const auto intensity = intensity_during(m, source);
  if (!intensity) return tl::unexpected<Error>(intensity.error());
  const auto& energy = m.energy.total.energy;
  if (!energy) return {};
  m.carbon = pipeline::CarbonFigure{*energy * *intensity, source.basis};
  return {};
}

void add_cost(pipeline::Measurement& m, units::EnergyPrice price) {
  if (!m.energy.total.energy) return;
  m.cost =
      pipeline::CostFigure{*m.energy.total.energy * price,
                           fmt::format("given: {}/kWh", units::to_text(price.per_kilowatt_hour()))};
}

}  // namespace turngreen::cli
