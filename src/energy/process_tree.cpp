#include "turngreen/energy/process_tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace turngreen::energy {
namespace {

namespace fs = std::filesystem;

std::optional<pid_t> process_number(std::string_view name) {
  pid_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc{} || end != name.data() + name.size() || number <= 0) return std::nullopt;
  return number;
}

template <typename Visit>
void for_each_number_in(const fs::path& folder, Visit visit) {
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    if (const auto number = process_number(entry->path().filename().native())) visit(*number);
  }
}

std::vector<pid_t> search_all(pid_t parent, const fs::path& proc) {
  std::vector<pid_t> children;
  for_each_number_in(proc, [&](pid_t process) {
    const auto stat = read_process_stat(process, proc);
    if (stat && stat->parent == parent) children.push_back(process);
  });
  return children;
}

}  // namespace

std::optional<ProcessStat> read_process_stat(pid_t process, const fs::path& proc) {
  const fs::path file = proc / std::to_string(process) / "stat";
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  std::array<char, 1024> buffer;
  const ssize_t size = ::read(descriptor, buffer.data(), buffer.size());
  ::close(descriptor);
  if (size <= 0) return std::nullopt;

  // The second field is the program's name in parentheses, and may itself hold blanks and
  // parentheses.
  std::string_view rest(buffer.data(), static_cast<std::size_t>(size));
  const auto name_end = rest.rfind(')');
  if (name_end == std::string_view::npos || rest.size() < name_end + 3) return std::nullopt;
  ProcessStat stat;
  stat.state = rest[name_end + 2];
  rest.remove_prefix(name_end + 3);

  constexpr int kParent = 4, kUser = 14, kSystem = 15, kChildrenUser = 16, kChildrenSystem = 17;
  for (int field = kParent; field <= kChildrenSystem; ++field) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    const auto end = std::min(rest.find(' '), rest.size());
    if (field == kParent || field >= kUser) {
      std::int64_t value = 0;
      if (std::from_chars(rest.data(), rest.data() + end, value).ec != std::errc{} || value < 0) {
        return std::nullopt;
      }
      if (field == kParent) stat.parent = static_cast<pid_t>(value);
      if (field == kUser || field == kSystem) stat.own_ticks += static_cast<std::uint64_t>(value);
      if (field >= kChildrenUser) stat.waited_for_ticks += static_cast<std::uint64_t>(value);
    }
    rest.remove_prefix(end);
  }
  return stat;
}

std::vector<pid_t> children_of(pid_t process, const fs::path& proc) {
  const fs::path tasks = proc / std::to_string(process) / "task";
  std::vector<pid_t> children;
  bool listed = false;
  for_each_number_in(tasks, [&](pid_t thread) {
    std::ifstream list(tasks / std::to_string(thread) / "children");
    listed = listed || list.is_open();
    for (pid_t child = 0; list >> child;) children.push_back(child);
  });
  return listed ? children : search_all(process, proc);
}

}  // namespace turngreen::energy
