#include "codecarbon_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <map>

#include "codecarbon_layout.h"
#include "turngreen/units/csv_records.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using units::in_quotes;

constexpr std::size_t kMostNotes = 100;
/// Beyond it no layout of CodeCarbon's is meant, and cells are not laid anew.
constexpr std::size_t kMostColumnsToLay = 100;
/// CodeCarbon sums and writes doubles; a greater share of a row's energy is no rounding.
constexpr double kRounding = 1e-6;
constexpr double kMostSeconds = 9e9;  ///< what a Duration holds
constexpr double kMostKilowattHours = 1e15;

std::optional<double> number_of(std::string_view cell) {
  double number = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stopped, problem] = std::from_chars(cell.data(), end, number);
  if (stopped != end || problem != std::errc() || !std::isfinite(number)) return std::nullopt;
  return number;
}

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  const char* const begin = text.data() + at;
  const auto [stopped, problem] = std::from_chars(begin, begin + count, number);
  if (problem != std::errc() || stopped != begin + count || number < 0) return std::nullopt;
  return number;
}

/// "2025-05-30T18:46:39" as if it were UTC.
std::optional<std::int64_t> unix_ns_of(std::string_view cell) {
  if (!may_stand_in("timestamp", cell) || cell.empty()) return std::nullopt;
  const auto year = digits_at(cell, 0, 4), month = digits_at(cell, 5, 2),
             day = digits_at(cell, 8, 2), hour = digits_at(cell, 11, 2),
             minute = digits_at(cell, 14, 2), second = digits_at(cell, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  constexpr int kFirstYear = 1970;
  constexpr int kLastYear = 2261;  // nanoseconds in 64 bits end in 2262
  if (!date.ok() || *year < kFirstYear || *year > kLastYear) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  const auto time = std::chrono::sys_days(date) + std::chrono::hours(*hour) +
                    std::chrono::minutes(*minute) + std::chrono::seconds(*second);
  return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// The cells of one row by the names of their columns.
class Cells {
 public:
  void set(std::string_view column, std::string_view cell) { cells_[column] = cell; }
  void clear() { cells_.clear(); }
  std::string_view operator[](std::string_view column) const {
    const auto found = cells_.find(column);
    return found == cells_.end() ? std::string_view() : found->second;
  }

 private:
  std::map<std::string_view, std::string_view> cells_;
};

class Reader {
 public:
  explicit Reader(std::string_view csv) : records_(csv) {
    if (csv.ends_with('\n')) return;
    torn_line_ = 1 + static_cast<std::size_t>(std::ranges::count(csv, '\n'));
  }

  Result<CodeCarbonRows> read() {
    const auto first = records_.next(header_);
    if (!first) return fail(Error::Kind::invalid_input, first.error().message);
    if (!*first || !is_codecarbon_header(header_)) {
      return fail(Error::Kind::invalid_input,
                  "it has no columns duration and energy_consumed beside CodeCarbon's others");
    }
    columns_.assign(header_.begin(), header_.end());
    found_.tasks = std::ranges::find(header_, "task_name") != header_.end();
    while (take_row()) continue;
    if (notes_left_out_ > 0) {
      found_.notes.push_back({0, fmt::format("{} more lines like these", notes_left_out_)});
    }
    return std::move(found_);
  }

  static bool is_codecarbon_header(const std::vector<std::string>& header) {
    const auto has = [&](std::string_view name) {
      return std::ranges::find(header, name) != header.end();
    };
    return has("duration") && has("energy_consumed") && has("timestamp") && has("emissions");
  }

 private:
  void note(std::string text) {
    if (found_.notes.size() < kMostNotes) {
      found_.notes.push_back({records_.line(), std::move(text)});
    } else {
      ++notes_left_out_;
    }
  }

  bool take_row() {
    const auto more = records_.next(fields_);
    if (!more) note(more.error().message + "; it and all that follows is left out");
    if (!more || !*more) return false;
    if (std::string why = lay_row(); !why.empty()) {
      note(fmt::format("{}; the row is left out", why));
      return true;
    }
    CodeCarbonRow row;
    row.line = records_.line();
    if (std::string why = read_row(row); !why.empty()) {
      note(fmt::format("{}; the row is left out", why));
      return true;
    }
    check_sum(row);
    found_.rows.push_back(std::move(row));
    return true;
  }

  /// Puts the cells under their columns. Returns why it cannot be done.
  std::string lay_row() {
    cells_.clear();
    if (fields_.size() == columns_.size()) {
      for (std::size_t i = 0; i < columns_.size(); ++i) cells_.set(columns_[i], fields_[i]);
      return {};
    }
    const std::string counts =
        fmt::format("{} cells where the first row has {}", fields_.size(), columns_.size());
    // The file was begun without columns that this row has: then CodeCarbon's own are meant.
    const auto columns = fields_.size() < columns_.size() ? columns_ : all_columns();
    if (columns.size() > kMostColumnsToLay || columns.size() < fields_.size()) return counts;
    const auto places = lay_cells(columns, fields_);
    if (!places) return counts + ", and they suit no columns in that order";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if ((*places)[i]) cells_.set(columns[i], fields_[*(*places)[i]]);
    }
    if (cells_["energy_consumed"].empty() || cells_["duration"].empty()) {
      return counts + (at_torn_end() ? ": the last line was not written to its end"
                                     : ", and it is not certain which are missing");
    }
    note(fmt::format("{}; put under their columns by what they look like", counts));
    return {};
  }

  std::vector<std::string_view> all_columns() const {
    if (found_.tasks) return codecarbon_task_columns();
    const auto columns = codecarbon_run_columns();
    return {columns.begin(), columns.end()};
  }

  /// Whether this is the last line and has no end.
  bool at_torn_end() const { return torn_line_ == records_.line(); }

  /// Returns why the row cannot be used.
  std::string read_row(CodeCarbonRow& row) {
    std::string why;
    const auto amount = [&](std::string_view column, double most) -> std::optional<double> {
      const std::string_view cell = cells_[column];
      const auto number = number_of(cell);
      if (number && *number >= 0 && *number <= most) return number;
      if (why.empty()) {
        why = cell.empty() ? fmt::format("{} is empty", column)
                           : fmt::format("{} is {}; it must be a finite number, 0 or above", column,
                                         in_quotes(cell));
      }
      return std::nullopt;
    };
    const auto energy_if_told = [&](std::string_view column) -> std::optional<units::Energy> {
      if (cells_[column].empty()) return std::nullopt;
      const auto number = amount(column, kMostKilowattHours);
      return number ? std::optional(units::kilowatt_hours(*number)) : std::nullopt;
    };
    row.duration = units::seconds(amount("duration", kMostSeconds).value_or(0));
    row.energy = units::kilowatt_hours(amount("energy_consumed", kMostKilowattHours).value_or(0));
    row.cpu = energy_if_told("cpu_energy");
    row.gpu = energy_if_told("gpu_energy");
    row.ram = energy_if_told("ram_energy");
    if (!why.empty()) return why;
    if (const auto kilograms = number_of(cells_["emissions"]); kilograms && *kilograms >= 0) {
      row.emissions = units::kilograms(*kilograms);
    }
    row.task = cells_["task_name"];
    if (found_.tasks && row.task.empty()) return "task_name is empty";
    read_texts(row);
    return {};
  }

  void read_texts(CodeCarbonRow& row) {
    row.project = cells_["project_name"];
    row.run_id = cells_["run_id"];
    row.ended_unix_ns = unix_ns_of(cells_["timestamp"]);
    row.version = cells_["codecarbon_version"];
    row.tracking_mode = cells_["tracking_mode"];
    row.country = cells_["country_name"];
    row.country_code = cells_["country_iso_code"];
    row.region = cells_["region"];
    row.os = cells_["os"];
    row.cpu_model = cells_["cpu_model"];
    row.gpu_model = cells_["gpu_model"];
    row.python_version = cells_["python_version"];
    if (const auto pue = number_of(cells_["pue"]); pue && *pue > 0) row.pue = pue;
  }

  void check_sum(const CodeCarbonRow& row) {
    if (!row.cpu || !row.gpu || !row.ram) return;
    const double parts = (*row.cpu + *row.gpu + *row.ram).in_kilowatt_hours();
    const double whole = row.energy.in_kilowatt_hours();
    const double allowed = kRounding * std::max(parts, whole);
    if (std::abs(whole - parts) <= allowed) return;
    if (row.pue && std::abs(whole - parts * *row.pue) <= allowed * *row.pue) return;
    // Boards and batteries are in the total alone where Turngreen wrote the file.
    if (row.version.starts_with("turngreen-") && whole > parts) return;
    note(
        fmt::format("energy_consumed is {} kWh and cpu, gpu and ram together {} kWh; the former "
                    "is taken",
                    whole, parts));
  }

  units::CsvRecords records_;
  std::size_t torn_line_ = 0;  ///< 0: the file ends with a whole line
  std::vector<std::string> header_, fields_;
  std::vector<std::string_view> columns_;  ///< of header_
  Cells cells_;
  CodeCarbonRows found_;
  std::size_t notes_left_out_ = 0;
};

}  // namespace

bool is_codecarbon(std::string_view beginning) {
  units::CsvRecords records(beginning);
  std::vector<std::string> header;
  const auto first = records.next(header);
  return first && *first && Reader::is_codecarbon_header(header);
}

Result<CodeCarbonRows> parse_codecarbon(std::string_view csv) { return Reader(csv).read(); }

}  // namespace turngreen::report
