#include "electricity_maps_csv.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "turngreen/units/csv_records.h"
#include "turngreen/units/text.h"

namespace turngreen::energy {
namespace {

using units::in_quotes;

// In lower case and with a plain 2 for the subscript; a second name is the one of older files.
constexpr std::string_view kTimeNames[] = {"datetime (utc)"};
constexpr std::string_view kZoneNames[] = {"zone id"};
constexpr std::string_view kDirectNames[] = {"carbon intensity gco2eq/kwh (direct)"};
constexpr std::string_view kLifeCycleNames[] = {"carbon intensity gco2eq/kwh (life cycle)",
                                                "carbon intensity gco2eq/kwh (lca)"};

struct Column {
  std::size_t index = 0;
  std::string name;  ///< as the file writes it
};

struct Columns {
  Column time;
  Column intensity;
  std::optional<Column> zone;
  std::size_t count = 0;  ///< of all columns
};

struct Row {
  std::size_t line = 0;
  std::int64_t from_unix_s = 0;
  std::optional<double> grams_per_kilowatt_hour;  ///< absent: a hole
};

/// Where in the input something is wrong.
struct Place {
  std::string_view file;
  std::size_t line = 0;

  tl::unexpected<Error> fault(std::string_view what) const {
    return fail(Error::Kind::invalid_input, fmt::format("{}:{}: {}", file, line, what));
  }
  tl::unexpected<Error> fault(const Column& column, std::string_view what) const {
    return fault(fmt::format("column {}: {}", in_quotes(column.name), what));
  }
};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string comparable(std::string_view header) {
  std::string name = lower_case(trimmed(header));
  constexpr std::string_view kSubscriptTwo = "\u2082";
  const auto found = name.find(kSubscriptTwo);
  if (found != std::string::npos) name.replace(found, kSubscriptTwo.size(), "2");
  return name;
}

/// The one column of any of these names; absent where there is none.
Result<std::optional<Column>> find_column(const std::vector<std::string>& header,
                                          std::span<const std::string_view> names, Place place) {
  std::optional<Column> found;
  for (std::size_t index = 0; index < header.size(); ++index) {
    const std::string name = comparable(header[index]);
    if (std::find(names.begin(), names.end(), name) == names.end()) continue;
    if (found) return place.fault(*found, "there is a second column of this meaning");
    found = Column{index, std::string(trimmed(header[index]))};
  }
  return found;
}

Result<Column> require_column(const std::vector<std::string>& header,
                              std::span<const std::string_view> names, std::string_view meaning,
                              std::string_view usual_name, Place place) {
  auto column = find_column(header, names, place);
  if (!column) return tl::unexpected(std::move(column.error()));
  if (*column) return **std::move(column);
  return place.fault(
      fmt::format("no column with {}, which Electricity Maps calls '{}'", meaning, usual_name));
}

Result<Columns> find_columns(const std::vector<std::string>& header, IntensityBasis basis,
                             Place place) {
  auto time = require_column(header, kTimeNames, "the time", "Datetime (UTC)", place);
  if (!time) return tl::unexpected(std::move(time.error()));
  const bool direct = basis == IntensityBasis::direct;
  auto intensity = direct
                       ? require_column(header, kDirectNames, "the direct carbon intensity",
                                        "Carbon intensity gCO\u2082eq/kWh (direct)", place)
                       : require_column(header, kLifeCycleNames, "the life-cycle carbon intensity",
                                        "Carbon intensity gCO\u2082eq/kWh (Life cycle)", place);
  if (!intensity) return tl::unexpected(std::move(intensity.error()));
  auto zone = find_column(header, kZoneNames, place);
  if (!zone) return tl::unexpected(std::move(zone.error()));
  return Columns{*std::move(time), *std::move(intensity), *std::move(zone), header.size()};
}

/// The number in text[begin, begin + length); absent where anything but digits stands there.
std::optional<int> digits_at(std::string_view text, std::size_t begin, std::size_t length) {
  int number = 0;
  if (text.size() < begin + length) return std::nullopt;
  for (const char c : text.substr(begin, length)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

/// "2023-01-31 13:05:00": also with a T between, with Z or +00:00 behind, without the seconds, or
/// with zeros for fractions of a second.
std::optional<std::int64_t> parse_utc(std::string_view text) {
  if (text.ends_with('Z')) {
    text.remove_suffix(1);
  } else if (text.ends_with("+00:00")) {
    text.remove_suffix(6);
  }
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day = digits_at(text, 8, 2);
  const auto hour = digits_at(text, 11, 2);
  const auto minute = digits_at(text, 14, 2);
  const auto second = text.size() > 16 ? digits_at(text, 17, 2) : 0;
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const bool separated = text[4] == '-' && text[7] == '-' && (text[10] == ' ' || text[10] == 'T') &&
                         text[13] == ':' && (text.size() == 16 || text[16] == ':');
  if (!separated || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  if (text.size() > 19) {
    const std::string_view fraction = text.substr(20);
    if (text[19] != '.' || fraction.empty() ||
        fraction.find_first_not_of('0') != std::string_view::npos) {
      return std::nullopt;
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return days * 86400 + *hour * 3600 + *minute * 60 + *second;
}

Result<std::optional<double>> parse_intensity(std::string_view text, const Column& column,
                                              Place place) {
  if (text.empty() || lower_case(text) == "nan") return std::nullopt;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, fault] = std::from_chars(text.data(), end, number);
  if (fault != std::errc() || stopped != end || !std::isfinite(number)) {
    return place.fault(column,
                       fmt::format("{} is not a number; a row without one leaves the field empty",
                                   in_quotes(text)));
  }
  if (number < 0) {
    return place.fault(
        column, fmt::format("{} is negative; a carbon intensity is 0 or more", in_quotes(text)));
  }
  return number;
}

Result<Row> parse_row(const std::vector<std::string>& fields, const Columns& columns, Place place) {
  if (fields.size() != columns.count) {
    return place.fault(
        fmt::format("{} fields where the header has {}", fields.size(), columns.count));
  }
  const std::string_view time = trimmed(fields[columns.time.index]);
  const auto from = parse_utc(time);
  if (!from) {
    return place.fault(
        columns.time,
        fmt::format("{} is not a UTC time; write it like 2023-01-31 13:00:00", in_quotes(time)));
  }
  const auto intensity =
      parse_intensity(trimmed(fields[columns.intensity.index]), columns.intensity, place);
  if (!intensity) return tl::unexpected(intensity.error());
  return Row{place.line, *from, *intensity};
}

/// A row's length in seconds: the shortest distance of two rows, of which all others are multiples.
Result<std::int64_t> step_of(std::span<const Row> rows, const Columns& columns,
                             std::string_view name) {
  if (rows.size() < 2) {
    return fail(
        Error::Kind::invalid_input,
        fmt::format("{}: {} of data, which do not tell how long a row lasts; at least 2 are needed",
                    name, rows.empty() ? "no row" : "1 row"));
  }
  std::int64_t step = rows[1].from_unix_s - rows[0].from_unix_s;
  for (std::size_t i = 2; i < rows.size(); ++i) {
    step = std::min(step, rows[i].from_unix_s - rows[i - 1].from_unix_s);
  }
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const std::int64_t distance = rows[i].from_unix_s - rows[i - 1].from_unix_s;
    if (distance % step == 0) continue;
    return Place{name, rows[i].line}.fault(
        columns.time,
        fmt::format(
            "{} s after the row before, no multiple of the file's step of {} s; monthly and yearly "
            "files have no fixed step, so use an hourly or daily one",
            distance, step));
  }
  return step;
}

}  // namespace

Result<ElectricityMapsCsv> parse_electricity_maps_csv(std::string_view csv, std::string_view name,
                                                      IntensityBasis basis) {
  units::CsvRecords records(csv);
  std::vector<std::string> fields;
  const auto place = [&] { return Place{name, records.line()}; };

  const auto header = records.next(fields);
  if (!header) return place().fault(header.error().message);
  if (!*header) return fail(Error::Kind::invalid_input, fmt::format("{}: is empty", name));
  const auto columns = find_columns(fields, basis, place());
  if (!columns) return tl::unexpected(columns.error());

  ElectricityMapsCsv result;
  std::vector<Row> rows;
  while (true) {
    const auto more = records.next(fields);
    if (!more) return place().fault(more.error().message);
    if (!*more) break;
    const auto row = parse_row(fields, *columns, place());
    if (!row) return tl::unexpected(row.error());
    if (!rows.empty() && row->from_unix_s <= rows.back().from_unix_s) {
      return place().fault(
          columns->time,
          fmt::format("{} is {} the row before; rows must be in order of time, each time once",
                      in_quotes(fields[columns->time.index]),
                      row->from_unix_s == rows.back().from_unix_s ? "the time of" : "before"));
    }
    if (columns->zone) {
      const std::string_view zone = trimmed(fields[columns->zone->index]);
      if (rows.empty()) result.zone = zone;
      if (zone != result.zone) {
        return place().fault(*columns->zone,
                             fmt::format("{} after {}; a file may hold one zone only",
                                         in_quotes(zone), in_quotes(result.zone)));
      }
    }
    rows.push_back(*row);
  }

  const auto step = step_of(rows, *columns, name);
  if (!step) return tl::unexpected(step.error());
  for (const Row& row : rows) {
    if (!row.grams_per_kilowatt_hour) continue;
    result.intervals.push_back({row.from_unix_s, row.from_unix_s + *step,
                                units::grams_per_kilowatt_hour(*row.grams_per_kilowatt_hour)});
  }
  if (result.intervals.empty()) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: column {}: no row has a number", name,
                                                        in_quotes(columns->intensity.name)));
  }
  return result;
}

}  // namespace turngreen::energy
