#include "table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "table_columns.h"
#include "turngreen/units/csv_records.h"
#include "turngreen/units/text.h"

namespace turngreen::pipeline {
namespace {

using units::in_quotes;

/// What a number may be.
struct Range {
  double low = 0;
  double high = 0;
  std::string_view words;
};
constexpr std::size_t kMostFidelities = 100;
constexpr double kAny = std::numeric_limits<double>::max();
constexpr Range kAmount{0, kAny, "a number from 0 on, or nothing"};
constexpr Range kMetric{-kAny, kAny, "a finite number, or nothing"};
constexpr Range kShare{std::numeric_limits<double>::min(), 1, "a number above 0 and at most 1"};

std::string text_of(const knobs::Settings& settings) {
  std::string text;
  for (const auto& [knob, value] : settings) {
    text += fmt::format("{}{}={}", text.empty() ? "" : ", ", knob, value.text());
  }
  return text;
}

}  // namespace

/// Puts the rows of one table into a TableRows.
class TableRows::Reader {
 public:
  Reader(const TableDescription& description, const knobs::Space& space)
      : file_(description.file.filename().string()), description_(description), space_(space) {}

  Result<TableRows> read(std::string_view csv) {
    units::CsvRecords records(csv);
    if (take_header(records)) {
      while (take_row(records)) continue;
      check_baseline();
    }
    if (!faults_.empty()) return fail(Error::Kind::invalid_input, faults_.text());
    std::ranges::sort(table_.fidelities_);
    for (auto& [configuration, of_fidelity] : table_.found_) {
      std::ranges::sort(of_fidelity, {}, &Repeats::fidelity);
    }
    return std::move(table_);
  }

 private:
  bool next(units::CsvRecords& records) {
    const auto more = records.next(fields_);
    line_ = records.line();
    if (!more) faults_.add(fmt::format("{}:{}: {}", file_, line_, more.error().message));
    return more && *more;
  }

  bool take_header(units::CsvRecords& records) {
    if (!next(records)) {
      if (faults_.empty()) faults_.add(fmt::format("{}: the table is empty", file_));
      return false;
    }
    header_ = fields_;
    columns_ = TableColumns::find(header_, description_, space_, faults_);
    return faults_.empty();
  }

  bool take_row(units::CsvRecords& records) {
    if (!next(records)) return false;
    if (fields_.size() != header_.size()) {
      faults_.add(fmt::format("{}:{}: {} cells where the first row has {}", file_, line_,
                              fields_.size(), header_.size()));
      return true;
    }
    if (auto configuration = take_configuration()) {
      add(*std::move(configuration));
    } else {
      ++table_.left_out_;
    }
    return true;
  }

  /// Absent: a value is none of its knob's.
  std::optional<knobs::Configuration> take_configuration() {
    knobs::Configuration configuration;
    configuration.levels.reserve(columns_.knobs.size());
    for (std::size_t i = 0; i < columns_.knobs.size(); ++i) {
      const auto& values = space_.knobs()[i].values;
      const knobs::Value value(fields_[columns_.knobs[i]]);
      const auto found = std::ranges::find(values, value);
      if (found == values.end()) return std::nullopt;
      configuration.levels.push_back(static_cast<knobs::Level>(found - values.begin()));
    }
    return configuration;
  }

  std::optional<double> number(std::size_t column, const Range& range) {
    const std::string& cell = fields_[column];
    if (cell.empty()) return std::nullopt;
    const auto number = knobs::Value(cell).number();
    if (number && *number >= range.low && *number <= range.high) return number;
    complain(column, range);
    return std::nullopt;
  }
  void complain(std::size_t column, const Range& range) {
    faults_.add(fmt::format("{}:{}: {} is {}; it must be {}", file_, line_,
                            in_quotes(header_[column]), in_quotes(fields_[column]), range.words));
  }
  std::vector<std::optional<double>> numbers(const std::vector<std::size_t>& columns,
                                             const Range& range) {
    std::vector<std::optional<double>> out;
    out.reserve(columns.size());
    for (const std::size_t column : columns) {
      out.push_back(column == TableColumns::kNone ? std::nullopt : number(column, range));
    }
    return out;
  }

  void add(knobs::Configuration configuration) {
    double fidelity = 1;
    if (columns_.fidelity != TableColumns::kNone) {
      if (fields_[columns_.fidelity].empty()) complain(columns_.fidelity, kShare);
      fidelity = number(columns_.fidelity, kShare).value_or(1);
    }
    auto& of_fidelity = table_.found_[std::move(configuration)];
    auto place = std::ranges::find(of_fidelity, fidelity, &Repeats::fidelity);
    if (place == of_fidelity.end()) {
      of_fidelity.push_back({fidelity, {}});
      place = of_fidelity.end() - 1;
      add_fidelity(fidelity);
    }
    place->rows.push_back({line_, numbers(columns_.joules, kAmount),
                           numbers(columns_.seconds, kAmount), numbers(columns_.quality, kMetric)});
  }

  void add_fidelity(double fidelity) {
    auto& known = table_.fidelities_;
    if (known.size() > kMostFidelities || std::ranges::find(known, fidelity) != known.end()) return;
    known.push_back(fidelity);
    if (known.size() > kMostFidelities) {
      faults_.add(fmt::format("{}:{}: more than {} different fidelities; is {} the right column?",
                              file_, line_, kMostFidelities, in_quotes(description_.fidelity)));
    }
  }

  void check_baseline() {
    const auto on_record = table_.of(space_.baseline());
    const auto full = std::ranges::find(on_record, 1.0, &Repeats::fidelity);
    if (full != on_record.end()) return;
    std::string fault = fmt::format("{}: there is no full run of the baseline ({})", file_,
                                    text_of(space_.settings(space_.baseline())));
    if (table_.left_out_ > 0) {
      fault += fmt::format("; {} rows were left out since a value in them is none of its knob's",
                           table_.left_out_);
    }
    faults_.add(fault);
  }

  std::string file_;
  const TableDescription& description_;
  const knobs::Space& space_;
  TableColumns columns_;
  std::vector<std::string> header_, fields_;
  std::size_t line_ = 0;
  FaultLines faults_;
  TableRows table_;
};

Result<TableRows> TableRows::parse(std::string_view csv, const TableDescription& description,
                                   const knobs::Space& space) {
  return Reader(description, space).read(csv);
}

std::span<const TableRows::Repeats> TableRows::of(const knobs::Configuration& configuration) const {
  const auto found = found_.find(configuration);
  if (found == found_.end()) return {};
  return found->second;
}

std::size_t TableRows::Hash::operator()(const knobs::Configuration& configuration) const {
  const auto& levels = configuration.levels;
  return std::hash<std::string_view>()(
      {reinterpret_cast<const char*>(levels.data()), levels.size()});
}

}  // namespace turngreen::pipeline
