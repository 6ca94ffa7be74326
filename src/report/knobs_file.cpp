#include "knobs_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "turngreen/knobs/knob.h"
#include "turngreen/units/csv_records.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

using units::in_quotes;

constexpr std::string_view kPartsColumn = "knobs";
constexpr std::size_t kMostFaults = 100;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const auto begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string did_you_mean(std::string_view found, std::span<const std::string> words) {
  const auto nearest = units::nearest_word(found, words);
  return nearest ? fmt::format("; did you mean {}?", in_quotes(*nearest)) : std::string();
}

class Reader {
 public:
  Reader(std::string_view csv, const KnobsFileChoice& choice, std::span<const std::string> names,
         std::size_t baseline)
      : records_(csv), choice_(choice), names_(names), baseline_(baseline), found_(names.size()) {}

  Result<std::vector<std::optional<StatedKnobs>>> read() {
    if (take_header()) {
      while (take_row()) continue;
      leave_out_constant_columns();
    }
    if (!faults_.empty()) return fail(Error::Kind::invalid_input, std::move(faults_));
    return std::move(found_);
  }

 private:
  void fault(std::size_t line, std::string_view what) {
    if (++fault_count_ > kMostFaults) return;
    faults_ += fmt::format("{}{}:{}: {}", faults_.empty() ? "" : "\n", choice_.name, line, what);
  }

  bool next() {
    const auto more = records_.next(cells_);
    if (!more) fault(records_.line(), more.error().message);
    return more && *more;
  }

  std::optional<std::size_t> find(std::string_view column) const {
    const auto found = std::ranges::find(header_, column);
    if (found == header_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header_.begin());
  }

  bool take_header() {
    if (!next()) {
      if (faults_.empty()) fault(1, "the file is empty");
      return false;
    }
    header_ = cells_;
    std::optional<std::size_t> name;
    for (const std::string_view column : {"configuration", "name", "variant"}) {
      if (!name) name = find(column);
    }
    if (!name) {
      fault(1, fmt::format("no column says which configuration a row is of; name one "
                           "\"configuration\" (there are {})",
                           fmt::join(header_, ", ")));
      return false;
    }
    name_column_ = *name;
    parts_column_ = find(choice_.column.empty() ? kPartsColumn : std::string_view(choice_.column));
    if (!choice_.column.empty() && !parts_column_) {
      fault(1, fmt::format("there is no column {}{}; there are {}", in_quotes(choice_.column),
                           did_you_mean(choice_.column, header_), fmt::join(header_, ", ")));
    } else if (!parts_column_) {
      std::string alike;
      for (const auto& column : header_) {
        if (column.starts_with(kPartsColumn)) alike += (alike.empty() ? "" : ", ") + column;
      }
      if (!alike.empty()) {
        fault(1,
              fmt::format("there is no column knobs; choose one of {} with --knobs-column", alike));
      }
    }
    return faults_.empty();
  }

  bool take_row() {
    if (!next()) return false;
    if (cells_.size() != header_.size()) {
      fault(records_.line(),
            fmt::format("{} cells where the first row has {}", cells_.size(), header_.size()));
      return true;
    }
    const std::string& name = cells_[name_column_];
    const auto known = std::ranges::find(names_, name);
    if (known == names_.end()) {
      fault(records_.line(), fmt::format("there is no configuration {}{}", in_quotes(name),
                                         did_you_mean(name, names_)));
      return true;
    }
    auto& stated = found_[static_cast<std::size_t>(known - names_.begin())];
    if (stated) {
      fault(records_.line(), fmt::format("{} is there twice", in_quotes(name)));
      return true;
    }
    stated.emplace();
    if (parts_column_) {
      take_parts(cells_[*parts_column_], *stated);
    } else {
      take_values(*stated);
    }
    return true;
  }

  static void take_parts(std::string_view cell, StatedKnobs& stated) {
    while (!cell.empty()) {
      const auto length = std::min(cell.find_first_of("+;"), cell.size());
      if (const auto part = trimmed(cell.substr(0, length)); !part.empty()) {
        stated.parts.emplace_back(part);
      }
      cell.remove_prefix(std::min(cell.size(), length + 1));
    }
  }

  void take_values(StatedKnobs& stated) const {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (i == name_column_ || trimmed(cells_[i]).empty()) continue;
      stated.values.emplace_back(header_[i], trimmed(cells_[i]));
    }
  }

  void leave_out_constant_columns() {
    if (parts_column_) return;
    if (!found_[baseline_]) {
      fault(1, fmt::format("there is no row for the baseline {}, so what off means is not known",
                           in_quotes(names_[baseline_])));
      return;
    }
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (i == name_column_) continue;
      std::set<std::string> values;
      for (const auto& stated : found_) {
        if (stated) values.insert(value_of(*stated, header_[i]));
      }
      if (values.size() > knobs::kMaxValues) {
        fault(1, fmt::format("{} has {} values; a knob has {} at most: leave the column out",
                             in_quotes(header_[i]), values.size(), knobs::kMaxValues));
      }
      if (values.size() > 1) continue;
      for (auto& stated : found_) {
        if (!stated) continue;
        std::erase_if(stated->values, [&](const auto& each) { return each.first == header_[i]; });
      }
    }
  }

  static std::string value_of(const StatedKnobs& stated, const std::string& knob) {
    const auto found =
        std::ranges::find(stated.values, knob, &std::pair<std::string, std::string>::first);
    return found == stated.values.end() ? std::string() : found->second;
  }

  units::CsvRecords records_;
  const KnobsFileChoice& choice_;
  std::span<const std::string> names_;
  std::size_t baseline_;
  std::vector<std::optional<StatedKnobs>> found_;
  std::vector<std::string> header_, cells_;
  std::size_t name_column_ = 0;
  std::optional<std::size_t> parts_column_;
  std::string faults_;
  std::size_t fault_count_ = 0;
};

}  // namespace

Result<std::vector<std::optional<StatedKnobs>>> parse_knobs_file(std::string_view csv,
                                                                 const KnobsFileChoice& choice,
                                                                 std::span<const std::string> names,
                                                                 std::size_t baseline) {
  return Reader(csv, choice, names, baseline).read();
}

}  // namespace turngreen::report
