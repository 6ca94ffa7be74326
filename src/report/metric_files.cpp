#include "metric_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <unordered_set>

#include "turngreen/pipeline/run_protocol.h"
#include "turngreen/units/csv_records.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using pipeline::Metric;
using units::in_quotes;

constexpr std::size_t kMostMetrics = 1000;
constexpr std::size_t kMostRows = 1000;

constexpr std::array<std::string_view, 10> kTelling{"metric", "metrics",    "result", "results",
                                                    "score",  "scores",     "eval",   "evaluation",
                                                    "report", "performance"};
constexpr std::array<std::string_view, 8> kOther{"config", "args",      "params",      "state",
                                                 "log",    "tokenizer", "predictions", "history"};

template <typename Words>
bool any_word_of(std::string_view name, const Words& known) {
  while (!name.empty()) {
    const auto length = name.find_first_of("_-. ");
    std::string word(name.substr(0, length));
    for (char& c : word) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (std::ranges::find(known, word) != known.end()) return true;
    name.remove_prefix(
        std::min(name.size(), length == std::string_view::npos ? length : length + 1));
  }
  return false;
}

using Record = std::vector<std::string>;

/// The number that a cell is; absent: it is something else. NaN and infinities are numbers here.
std::optional<double> number_of(const std::string& cell) {
  double number = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stopped, problem] = std::from_chars(cell.data(), end, number);
  if (cell.empty() || stopped != end || problem == std::errc::invalid_argument) {
    return std::nullopt;
  }
  // Beyond what a double holds.
  return problem == std::errc() ? number : HUGE_VAL;
}

/// Adds named numbers until one is wrong.
class Collector {
 public:
  void add(const std::string& name, const std::string& cell) {
    const auto number = number_of(cell);
    if (!number || name.empty() || !error_.empty()) return;
    if (name.size() > pipeline::kMaxNameBytes) {
      error_ = fmt::format("the name {} is longer than {} bytes", in_quotes(name),
                           pipeline::kMaxNameBytes);
    } else if (!std::isfinite(*number)) {
      error_ =
          fmt::format("{} is {}; it must be a finite number", in_quotes(name), in_quotes(cell));
    } else if (metrics_.size() == kMostMetrics) {
      error_ = fmt::format("more than {} numbers", kMostMetrics);
    } else if (!names_.insert(name).second) {
      error_ = fmt::format("{} occurs twice", in_quotes(name));
    } else {
      metrics_.push_back({name, *number});
    }
  }

  Result<std::vector<Metric>> result() {
    if (!error_.empty()) return fail(Error::Kind::invalid_input, std::move(error_));
    return std::move(metrics_);
  }

 private:
  std::vector<Metric> metrics_;
  std::unordered_set<std::string> names_;
  std::string error_;
};

Result<std::vector<Record>> records_of(std::string_view csv) {
  units::CsvRecords records(csv);
  std::vector<Record> all;
  Record record;
  while (true) {
    const auto more = records.next(record);
    if (!more) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("line {}: {}", records.line(), more.error().message));
    }
    if (!*more) return all;
    if (all.size() > kMostRows) {
      return fail(Error::Kind::invalid_input, fmt::format("more than {} rows", kMostRows));
    }
    all.push_back(record);
  }
}

bool has_any_number(const Record& record) {
  return std::ranges::any_of(record, [](const auto& cell) { return number_of(cell).has_value(); });
}

}  // namespace

bool may_hold_metrics(std::string_view file_name) {
  return any_word_of(file_name, kTelling) && !any_word_of(file_name, kOther);
}

bool is_codecarbon_json(std::string_view json) {
  return json.find("\"codecarbon_version\"") != std::string_view::npos;
}

Result<std::vector<Metric>> parse_metric_csv(std::string_view csv) {
  const auto records = records_of(csv);
  if (!records) return tl::unexpected(records.error());
  const bool pairs = std::ranges::all_of(*records, [](const Record& r) { return r.size() == 2; });
  Collector metrics;
  if (records->size() == 2 && !has_any_number((*records)[0]) &&
      (*records)[0].size() == (*records)[1].size() && has_any_number((*records)[1]) &&
      !(pairs && !number_of((*records)[1][0]))) {
    for (std::size_t i = 0; i < (*records)[0].size(); ++i) {
      metrics.add((*records)[0][i], (*records)[1][i]);
    }
  } else if (pairs && !records->empty()) {
    for (const Record& record : *records) metrics.add(record[0], record[1]);
  } else {
    return fail(Error::Kind::invalid_input,
                fmt::format("it has {} rows; metrics stand in one row below their names, or in "
                            "rows of a name and a number",
                            records->size()));
  }
  return metrics.result();
}

}  // namespace turngreen::report
