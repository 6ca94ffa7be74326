#include "codecarbon_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <system_error>

#include "folder_walk.h"
#include "metric_files.h"
#include "run_gathering.h"
#include "turngreen/pipeline/bounded_file.h"
#include "turngreen/pipeline/metrics_file.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

namespace fs = std::filesystem;
using pipeline::Metric;
using units::in_quotes;

constexpr std::uint64_t kLargestCodeCarbonFile = 64'000'000;
constexpr std::size_t kMostRuns = 100'000;
constexpr std::size_t kHeaderBytes = 16'384;

/// Adds metrics of one file to those of others; the name of one that says something else there is
/// told with its file's.
void add_metrics(std::vector<Metric>& all, const std::vector<Metric>& more, const fs::path& file) {
  for (const Metric& metric : more) {
    const auto same = std::ranges::find(all, metric.name, &Metric::name);
    if (same == all.end()) {
      all.push_back(metric);
    } else if (same->value != metric.value) {
      all.push_back({file.stem().string() + "." + metric.name, metric.value});
    }
  }
}

/// The names of a path below `root`.
std::vector<std::string> names_below(const fs::path& path, const fs::path& root) {
  std::vector<std::string> names;
  for (const auto& part : path.lexically_relative(root)) {
    if (part != ".") names.push_back(part.string());
  }
  return names;
}

/// The folder that all of these lie in.
fs::path common_folder(const std::vector<fs::path>& folders) {
  fs::path common = folders.front();
  for (const auto& folder : folders) {
    const auto [end, ignored] =
        std::mismatch(common.begin(), common.end(), folder.begin(), folder.end());
    fs::path shared;
    for (auto part = common.begin(); part != end; ++part) shared /= *part;
    common = shared;
  }
  return common;
}

class FolderReader {
 public:
  explicit FolderReader(std::span<const std::string> exclude) : exclude_(exclude) {}

  Result<CodeCarbonFolders> read(std::span<const fs::path> named) {
    std::vector<fs::path> folders, whole;
    for (const auto& each : named) {
      std::error_code problem;
      const fs::path path = fs::canonical(each, problem);
      if (problem) {
        return fail(
            Error::Kind::not_found,
            fmt::format("{} cannot be read: {}", in_quotes(each.string()), problem.message()));
      }
      const auto kind = fs::status(path, problem).type();
      if (kind == fs::file_type::directory) {
        whole.push_back(path);
        folders.push_back(path);
      } else if (kind == fs::file_type::regular) {
        files_.insert(path);
        folders.push_back(path.parent_path());
      } else {
        return fail(
            Error::Kind::invalid_input,
            fmt::format("{} is neither a folder nor a file; name a folder with CodeCarbon's "
                        "files",
                        in_quotes(each.string())));
      }
    }
    root_ = common_folder(folders);
    for (const auto& folder : whole) look_through(folder);
    for (const auto& file : files_) {
      if (auto taken = take(file); !taken) return tl::unexpected(taken.error());
    }
    if (gathering_.size() == 0) return tl::unexpected(nothing_found(named));
    found_.runs = gathering_.take(found_.notes);
    for (auto& run : found_.runs) give_metrics(run);
    tell_unread();
    return std::move(found_);
  }

 private:
  Error nothing_found(std::span<const fs::path> named) const {
    std::string places;
    for (const auto& place : named) {
      places += (places.empty() ? "" : ", ") + in_quotes(place.string());
    }
    std::string message = fmt::format(
        "there is no CodeCarbon file in {}: a .csv file with the columns timestamp, duration, "
        "emissions and energy_consumed, such as emissions.csv",
        places);
    for (const auto& note : found_.notes) message += "\n" + note;
    return {Error::Kind::not_found, std::move(message)};
  }

  void look_through(const fs::path& folder) {
    const FolderWalk walk = walk_folder(folder, exclude_);
    for (const auto& file : walk.files) files_.insert(folder / file);
    found_.notes.insert(found_.notes.end(), walk.notes.begin(), walk.notes.end());
  }

  /// As notes call it: nothing in it can steer a terminal.
  std::string name_of(const fs::path& file) const {
    std::string name = file.lexically_relative(root_).string();
    for (char& c : name) {
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
    }
    return name;
  }

  Result<void> take(const fs::path& file) {
    const auto beginning = beginning_of(file);
    if (!beginning) {
      found_.notes.push_back(name_of(file) + " cannot be read; grant the right to");
    } else if (file.extension() == ".csv" && is_codecarbon(*beginning)) {
      ++found_.codecarbon_files;
      take_codecarbon(file);
      if (gathering_.size() > kMostRuns) {
        return fail(Error::Kind::invalid_input,
                    fmt::format("there are more than {} runs; name fewer folders", kMostRuns));
      }
    } else if (may_hold_metrics(file.filename().string())) {
      take_metrics(file);
    } else {
      ++found_.other_files;
    }
    return {};
  }

  /// Its first line; absent: it cannot be opened.
  static std::optional<std::string> beginning_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    std::string text(kHeaderBytes, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text.substr(0, text.find('\n'));
  }

  void take_codecarbon(const fs::path& file) {
    auto rows = pipeline::read_bounded_file(file, kLargestCodeCarbonFile)
                    .and_then([](const std::string& csv) { return parse_codecarbon(csv); });
    if (!rows) {
      found_.notes.push_back(
          fmt::format("{}: {}; it is left out", name_of(file), rows.error().message));
      return;
    }
    if (rows->rows.empty()) {
      found_.notes.push_back(fmt::format("{}: it holds no row that can be used", name_of(file)));
    }
    gathering_.add(file.parent_path(), names_below(file.parent_path(), root_), name_of(file),
                   *std::move(rows));
  }

  void take_metrics(const fs::path& file) {
    const auto text = pipeline::read_bounded_file(file, pipeline::kLargestMetricsFile);
    if (text && file.extension() == ".json" && is_codecarbon_json(*text)) {
      ++found_.other_files;
      return;
    }
    const auto metrics = text.and_then([&](const std::string& content) {
      return file.extension() == ".json" ? pipeline::parse_metrics(content)
                                         : parse_metric_csv(content);
    });
    if (!metrics) {
      ++found_.other_files;
      unread_[{file.filename().string(), metrics.error().message}].push_back(name_of(file));
      return;
    }
    ++found_.metric_files;
    add_metrics(metrics_[file.parent_path()], *metrics, file);
  }

  /// A run's metrics lie beside its files, else in the nearest folder above that no other run is
  /// below.
  void give_metrics(CodeCarbonRun& run) {
    const auto lies_in = [](const fs::path& place, const fs::path& folder) {
      return std::mismatch(folder.begin(), folder.end(), place.begin(), place.end()).first ==
             folder.end();
    };
    if (runs_in_.empty()) {
      for (const auto& each : found_.runs) ++runs_in_[each.folder];
    }
    for (fs::path folder = run.folder;; folder = folder.parent_path()) {
      std::size_t runs = 0;
      for (auto at = runs_in_.lower_bound(folder);
           at != runs_in_.end() && lies_in(at->first, folder); ++at) {
        runs += at->second;
      }
      const auto found = metrics_.find(folder);
      if (runs == 1 && found != metrics_.end()) {
        run.metrics = found->second;
        return;
      }
      if (found != metrics_.end() && told_.insert(folder).second) {
        found_.notes.push_back(
            fmt::format("the metrics in {} are not used, for {} runs lie there and nothing tells "
                        "whose they are",
                        in_quotes(folder.string()), runs));
      }
      if (runs > 1 || folder == root_ || folder == folder.parent_path()) return;
    }
  }

  /// Files of one name that cannot be read for one reason are one line.
  void tell_unread() {
    for (const auto& [what, files] : unread_) {
      found_.notes.push_back(fmt::format(
          "{}: {}; it holds no metrics that can be used{}", files.front(), what.second,
          files.size() == 1
              ? ""
              : fmt::format(", and so do {} more {}", files.size() - 1, in_quotes(what.first))));
    }
  }

  std::span<const std::string> exclude_;
  fs::path root_;
  std::set<fs::path> files_;
  RunGathering gathering_;
  std::map<fs::path, std::vector<Metric>> metrics_;  ///< by folder
  std::map<fs::path, std::size_t> runs_in_;
  std::set<fs::path> told_;
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> unread_;
  CodeCarbonFolders found_;
};

}  // namespace

Result<CodeCarbonFolders> read_codecarbon_folders(std::span<const fs::path> folders,
                                                  std::span<const std::string> exclude) {
  return FolderReader(exclude).read(folders);
}

}  // namespace turngreen::report
