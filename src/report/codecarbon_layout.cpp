#include "codecarbon_layout.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace turngreen::report {
namespace {

constexpr std::array<std::string_view, 38> kRunColumns{"timestamp",
                                                       "project_name",
                                                       "run_id",
                                                       "experiment_id",
                                                       "duration",
                                                       "emissions",
                                                       "emissions_rate",
                                                       "cpu_power",
                                                       "gpu_power",
                                                       "ram_power",
                                                       "cpu_energy",
                                                       "gpu_energy",
                                                       "ram_energy",
                                                       "energy_consumed",
                                                       "water_consumed",
                                                       "country_name",
                                                       "country_iso_code",
                                                       "region",
                                                       "cloud_provider",
                                                       "cloud_region",
                                                       "os",
                                                       "python_version",
                                                       "codecarbon_version",
                                                       "cpu_count",
                                                       "cpu_model",
                                                       "gpu_count",
                                                       "gpu_model",
                                                       "longitude",
                                                       "latitude",
                                                       "ram_total_size",
                                                       "tracking_mode",
                                                       "cpu_utilization_percent",
                                                       "gpu_utilization_percent",
                                                       "ram_utilization_percent",
                                                       "ram_used_gb",
                                                       "on_cloud",
                                                       "pue",
                                                       "wue"};
constexpr std::array<std::string_view, 3> kNotInTasks{"experiment_id", "pue", "wue"};

constexpr std::array<std::string_view, 22> kNumbers{"duration",
                                                    "emissions",
                                                    "emissions_rate",
                                                    "cpu_power",
                                                    "gpu_power",
                                                    "ram_power",
                                                    "cpu_energy",
                                                    "gpu_energy",
                                                    "ram_energy",
                                                    "energy_consumed",
                                                    "water_consumed",
                                                    "cpu_count",
                                                    "gpu_count",
                                                    "longitude",
                                                    "latitude",
                                                    "ram_total_size",
                                                    "cpu_utilization_percent",
                                                    "gpu_utilization_percent",
                                                    "ram_utilization_percent",
                                                    "ram_used_gb",
                                                    "pue",
                                                    "wue"};
/// Names of things: never a number alone.
constexpr std::array<std::string_view, 6> kNames{"country_name", "region",    "cloud_provider",
                                                 "cloud_region", "cpu_model", "task_name"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_number(std::string_view cell) {
  double number = 0;
  const char* const end = cell.data() + cell.size();
  const auto [stopped, problem] = std::from_chars(cell.data(), end, number);
  return stopped == end && problem != std::errc::invalid_argument;
}

/// "2025-05-30T18:46:39", whatever follows.
bool is_time(std::string_view cell) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  if (cell.size() < kForm.size()) return false;
  return std::equal(kForm.begin(), kForm.end(), cell.begin(), [](char form, char c) {
    return form == 'd' ? is_digit(c) : form == c || (form == 'T' && c == ' ');
  });
}

bool is_uuid(std::string_view cell) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(kForm.begin(), kForm.end(), cell.begin(), cell.end(),
                    [](char form, char c) { return form == 'x' ? is_hex(c) : form == c; });
}

/// "3.11.11", "3.0.0rc1", "turngreen-0.1.0".
bool is_version(std::string_view cell) {
  constexpr std::string_view kOurs = "turngreen-";
  if (cell.starts_with(kOurs)) cell.remove_prefix(kOurs.size());
  const auto point = cell.find('.');
  if (point == 0 || point == std::string_view::npos || point + 1 == cell.size()) return false;
  return std::ranges::all_of(cell.substr(0, point), is_digit) && is_digit(cell[point + 1]) &&
         cell.find(' ') == std::string_view::npos;
}

/// "1 x NVIDIA RTX 5000".
bool is_gpu_model(std::string_view cell) {
  const auto times = cell.find(" x ");
  return times != std::string_view::npos && times > 0 &&
         std::ranges::all_of(cell.substr(0, times), is_digit);
}

bool is_country_code(std::string_view cell) {
  return cell.size() == 3 && std::ranges::all_of(cell, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_system(std::string_view cell) {
  constexpr std::array<std::string_view, 5> kSystems{"Linux", "Windows", "macOS", "Darwin",
                                                     "FreeBSD"};
  return std::ranges::any_of(kSystems, [&](auto system) { return cell.starts_with(system); });
}

bool is_tracking_mode(std::string_view cell) { return cell == "machine" || cell == "process"; }
bool is_yes_or_no(std::string_view cell) { return cell == "Y" || cell == "N"; }

/// What looks like nothing but one column's.
bool is_of_a_kind(std::string_view cell) {
  return is_time(cell) || is_uuid(cell) || is_version(cell) || is_system(cell) ||
         is_gpu_model(cell) || is_tracking_mode(cell) || is_yes_or_no(cell);
}

template <typename Words>
bool is_one_of(std::string_view word, const Words& words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::span<const std::string_view> codecarbon_run_columns() { return kRunColumns; }

std::vector<std::string_view> codecarbon_task_columns() {
  std::vector<std::string_view> columns{"task_name"};
  for (const auto column : kRunColumns) {
    if (!is_one_of(column, kNotInTasks)) columns.push_back(column);
  }
  return columns;
}

bool may_stand_in(std::string_view column, std::string_view cell) {
  if (cell.empty()) return true;
  if (is_one_of(column, kNumbers)) return is_number(cell);
  if (is_one_of(column, kNames)) return !is_number(cell) && !is_of_a_kind(cell);
  if (column == "timestamp") return is_time(cell);
  if (column == "run_id") return is_uuid(cell);
  if (column == "country_iso_code") return is_country_code(cell);
  if (column == "os") return is_system(cell);
  if (column == "python_version" || column == "codecarbon_version") return is_version(cell);
  if (column == "gpu_model") return is_gpu_model(cell);
  if (column == "tracking_mode") return is_tracking_mode(cell);
  if (column == "on_cloud") return is_yes_or_no(cell);
  return true;
}

std::optional<CellPlaces> lay_cells(std::span<const std::string_view> columns,
                                    std::span<const std::string> cells) {
  // Taking the first column that suits, from either end, leaves most room for the others.
  CellPlaces from_left(columns.size());
  std::size_t laid = 0;
  for (std::size_t i = 0; i < columns.size() && laid < cells.size(); ++i) {
    if (may_stand_in(columns[i], cells[laid])) from_left[i] = laid++;
  }
  if (laid < cells.size()) return std::nullopt;
  CellPlaces certain(columns.size());
  for (std::size_t i = columns.size(); i > 0 && laid > 0; --i) {
    if (!may_stand_in(columns[i - 1], cells[laid - 1])) continue;
    --laid;
    if (from_left[i - 1] == laid) certain[i - 1] = laid;
  }
  return certain;
}

}  // namespace turngreen::report
