#include "turngreen/energy/carbon_intensity.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <utility>

#include "electricity_maps_csv.h"

namespace turngreen::energy {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

Error file_error(std::string_view name, int error_number) {
  const auto kind = error_number == ENOENT   ? Error::Kind::not_found
                    : error_number == EACCES ? Error::Kind::no_permission
                                             : Error::Kind::io;
  return {kind, fmt::format("{}: {}", name, std::generic_category().message(error_number))};
}

Error too_large(std::string_view name) {
  return {Error::Kind::invalid_input,
          fmt::format("{}: is larger than {} MiB; a year of hours takes about 1 MiB", name,
                      kLargestFile >> 20)};
}

/// Reads to the end instead of asking for the size, which pipes and /proc do not tell.
Result<std::string> read_file(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return tl::unexpected(file_error(path.native(), errno));
  std::string content;
  std::array<char, 1 << 16> chunk;
  while (content.size() <= kLargestFile) {
    errno = 0;
    const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get());
    content.append(chunk.data(), count);
    if (count == chunk.size()) continue;
    if (std::ferror(file.get()) != 0) return tl::unexpected(file_error(path.native(), errno));
    return content;
  }
  return tl::unexpected(too_large(path.native()));
}

}  // namespace

std::string_view to_string(IntensityBasis basis) {
  return basis == IntensityBasis::direct ? "direct" : "life cycle";
}

Result<IntensitySeries> IntensitySeries::load(const std::filesystem::path& file,
                                              IntensityBasis basis) {
  const auto content = read_file(file);
  if (!content) return tl::unexpected(content.error());
  return parse(*content, file.native(), basis);
}

Result<IntensitySeries> IntensitySeries::parse(std::string_view csv, std::string_view name,
                                               IntensityBasis basis) {
  if (csv.size() > kLargestFile) return tl::unexpected(too_large(name));
  auto parsed = parse_electricity_maps_csv(csv, name, basis);
  if (!parsed) return tl::unexpected(std::move(parsed.error()));
  IntensitySeries series;
  series.intervals_ = std::move(parsed->intervals);
  series.zone_ = std::move(parsed->zone);
  series.basis_ = basis;
  return series;
}

std::optional<units::CarbonIntensity> IntensitySeries::mean(std::int64_t from_unix_s,
                                                            std::int64_t until_unix_s) const {
  if (until_unix_s < from_unix_s) return std::nullopt;
  auto interval = std::upper_bound(
      intervals_.begin(), intervals_.end(), from_unix_s,
      [](std::int64_t time, const Interval& candidate) { return time < candidate.until_unix_s; });
  if (interval == intervals_.end() || interval->from_unix_s > from_unix_s) return std::nullopt;
  if (until_unix_s <= interval->until_unix_s) return interval->intensity;

  double gram_seconds = 0;
  std::int64_t covered_until = from_unix_s;
  while (covered_until < until_unix_s) {
    if (interval == intervals_.end() || interval->from_unix_s > covered_until) return std::nullopt;
    const std::int64_t part_until = std::min(until_unix_s, interval->until_unix_s);
    gram_seconds += interval->intensity.in_grams_per_kilowatt_hour() *
                    static_cast<double>(part_until - covered_until);
    covered_until = part_until;
    ++interval;
  }
  return units::grams_per_kilowatt_hour(gram_seconds /
                                        static_cast<double>(until_unix_s - from_unix_s));
}

}  // namespace turngreen::energy
