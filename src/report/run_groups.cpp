#include "run_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "configuration_names.h"
#include "name_parts.h"
#include "turngreen/units/text.h"

namespace turngreen::report {
namespace {

constexpr std::array<std::string_view, 10> kDummyWords{
    "dummy", "debug", "smoke", "warmup", "tmp", "temp", "sanity", "scratch", "dryrun", "trash"};
constexpr double kLeastShare = 0.1;

struct Names {
  std::string configuration;
  std::string run;
};
using NameOf = Names (*)(const CodeCarbonRun& run, std::size_t depth);

/// How far down all runs share their folders; absent: all lie in one.
std::optional<std::size_t> depth_of_difference(const std::vector<CodeCarbonRun>& runs) {
  for (std::size_t depth = 0;; ++depth) {
    std::size_t reaching = 0;
    std::set<std::string> names;
    for (const auto& run : runs) {
      if (run.place.size() <= depth) continue;
      ++reaching;
      names.insert(run.place[depth]);
    }
    if (reaching == 0) return std::nullopt;
    if (names.size() > 1 || reaching < runs.size()) return depth;
  }
}

std::string project_of(const CodeCarbonRun& run) {
  const std::string& project = run.some_row().project;
  return project.empty() ? "unnamed" : project;
}

std::string below(const CodeCarbonRun& run, std::size_t depth) {
  std::string name;
  for (std::size_t i = depth; i < run.place.size(); ++i) {
    name += (name.empty() ? "" : "/") + run.place[i];
  }
  return name;
}

Names by_folder(const CodeCarbonRun& run, std::size_t depth) {
  if (run.place.size() <= depth) return {project_of(run), run.run_id};
  return {run.place[depth], below(run, depth + 1)};
}

Names by_project(const CodeCarbonRun& run, std::size_t depth) {
  return {project_of(run), below(run, depth)};
}

struct NaturalOrder {
  bool operator()(const std::string& a, const std::string& b) const { return comes_before(a, b); }
};
using Groups = std::map<std::string, std::vector<GroupedRun>, NaturalOrder>;

Groups grouped(const std::vector<CodeCarbonRun>& runs, NameOf name_of, std::size_t depth) {
  Groups groups;
  std::set<std::pair<std::string, std::string>> taken;
  for (const auto& run : runs) {
    Names names = name_of(run, depth);
    auto& group = groups[names.configuration];
    if (names.run.empty()) names.run = run.run_id;
    // Several runs in one folder are told apart by their ids.
    if (names.run.empty() || taken.contains({names.configuration, names.run})) {
      names.run +=
          fmt::format("{}{}", names.run.empty() ? "" : "/",
                      run.run_id.empty() ? fmt::format("{}", group.size() + 1) : run.run_id);
    }
    taken.emplace(names.configuration, names.run);
    group.push_back({&run, std::move(names.run), {}});
  }
  return groups;
}

std::vector<std::string> names_of(const Groups& groups) {
  std::vector<std::string> names;
  for (const auto& [name, runs] : groups) names.push_back(name);
  return names;
}

/// Folders of one run each whose projects put them together, and whose projects alone name a
/// baseline: then folders are runs, not configurations.
bool projects_tell_more(const Groups& folders, const Groups& projects) {
  const bool repeats =
      std::ranges::any_of(folders, [](const auto& group) { return group.second.size() > 1; });
  if (repeats || projects.size() < 2 || projects.size() == folders.size()) return false;
  return !find_baseline(names_of(folders), "") && find_baseline(names_of(projects), "");
}

double median_of(std::vector<double> joules) {
  const auto middle = joules.begin() + static_cast<std::ptrdiff_t>(joules.size() / 2);
  std::ranges::nth_element(joules, middle);
  return *middle;
}

void set_dummies_aside(std::vector<GroupedRun>& runs) {
  for (auto& each : runs) {
    for (const auto& word : words_of(each.name)) {
      if (std::ranges::find(kDummyWords, word) == kDummyWords.end()) continue;
      each.set_aside = fmt::format(
          "set aside: its name says {}, so it is no run of the "
          "configuration (it took {})",
          word, units::to_text(each.run->energy()));
    }
  }
  std::vector<double> joules;
  for (const auto& each : runs) {
    if (each.set_aside.empty()) joules.push_back(each.run->energy().in_joules());
  }
  // Of two runs nothing tells which is the odd one.
  constexpr std::size_t kFewest = 3;
  const double median = joules.size() < kFewest ? 0 : median_of(std::move(joules));
  for (auto& each : runs) {
    if (!each.set_aside.empty()) continue;
    if (each.run->energy().in_joules() >= kLeastShare * median) continue;
    each.set_aside = fmt::format(
        "set aside: it took {}, less than a tenth of the median of {}, so it did not do "
        "the whole job",
        units::to_text(each.run->energy()), units::to_text(units::joules(median)));
  }
  std::ranges::stable_sort(runs, [](const GroupedRun& a, const GroupedRun& b) {
    if (a.set_aside.empty() != b.set_aside.empty()) return a.set_aside.empty();
    return comes_before(a.name, b.name);
  });
}

Error only_one(const Groups& groups, std::size_t runs) {
  return {
      Error::Kind::invalid_input,
      fmt::format("all {} runs are of one configuration, {}, so that there is nothing to compare; "
                  "name a folder with a folder for each configuration, or give each its own "
                  "project_name",
                  runs, units::in_quotes(groups.begin()->first))};
}

}  // namespace

bool comes_before(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const auto number_at = [&](std::string_view text, std::size_t at) {
    while (at < text.size() && text[at] == '0') ++at;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return text.substr(at, end - at);
  };
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const auto left = number_at(a, i), right = number_at(b, j);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
      while (i < a.size() && is_digit(a[i])) ++i;
      while (j < b.size() && is_digit(b[j])) ++j;
      continue;
    }
    if (lower(a[i]) != lower(b[j])) return lower(a[i]) < lower(b[j]);
    ++i;
    ++j;
  }
  if ((i == a.size()) != (j == b.size())) return i == a.size();
  return a < b;
}

Result<RunGroups> group_runs(const std::vector<CodeCarbonRun>& runs) {
  const auto depth = depth_of_difference(runs);
  Groups projects = grouped(runs, by_project, 0);
  Groups groups = depth ? grouped(runs, by_folder, *depth) : projects;
  RunGroups found;
  found.by = depth ? "the folders' names" : "project_name";
  if (depth && projects_tell_more(groups, projects)) {
    groups = std::move(projects);
    found.by = "project_name, for no folder holds two runs";
  }
  if (groups.size() == 1) return tl::unexpected(only_one(groups, runs.size()));
  for (auto& [name, members] : groups) {
    set_dummies_aside(members);
    found.groups.push_back({name, std::move(members)});
  }
  return found;
}

}  // namespace turngreen::report
