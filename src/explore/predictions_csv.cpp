#include <fmt/core.h>

#include <algorithm>
#include <string>
#include <vector>

#include "prediction_rows.h"
#include "turngreen/units/csv_records.h"

namespace turngreen::explore {
namespace {

struct Places {
  std::size_t truth = 0;
  std::size_t predicted = 0;
  std::optional<std::size_t> id;
};

std::optional<std::size_t> place_of(std::string_view column, std::span<const std::string> header) {
  const auto found = std::ranges::find(header, column);
  if (found == header.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header.begin());
}

Result<Places> places_in(std::span<const std::string> header, const PredictionColumns& columns) {
  const auto truth = place_of(columns.truth, header);
  if (!truth) {
    return fail(Error::Kind::invalid_input, missing_column("column", columns.truth, header));
  }
  const auto predicted = place_of(columns.predicted, header);
  if (!predicted) {
    return fail(Error::Kind::invalid_input, missing_column("column", columns.predicted, header));
  }
  return Places{*truth, *predicted, place_of(columns.id, header)};
}

}  // namespace

Result<void> read_csv(std::string_view text, std::string_view name,
                      const PredictionColumns& columns, PredictionRows& rows) {
  units::CsvRecords records(text);
  const auto failed = [&](const Error& error) {
    return fail(error.kind, fmt::format("{}:{}: {}", name, records.line(), error.message));
  };
  std::vector<std::string> fields;
  auto more = records.next(fields);
  if (!more) return failed(more.error());
  const auto places = places_in(fields, columns);
  if (!places) return failed(places.error());

  const std::size_t width = fields.size();
  while ((more = records.next(fields)) && *more) {
    if (fields.size() != width) {
      return failed({Error::Kind::invalid_input,
                     fmt::format("{} fields where the header has {}", fields.size(), width)});
    }
    PredictionRow row{fields[places->truth], fields[places->predicted], std::nullopt};
    if (places->id) row.id = fields[*places->id];
    if (const auto added = rows.add(row); !added) return failed(added.error());
  }
  if (!more) return failed(more.error());
  return {};
}

}  // namespace turngreen::explore
