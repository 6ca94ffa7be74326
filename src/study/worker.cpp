#include "worker.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

namespace turngreen::study {
namespace {

namespace fs = std::filesystem;

struct ProcessState {
  char state = '?';
  std::string start;
};

/// From /proc/PID/stat, whose second field may hold blanks and brackets (proc(5)).
std::optional<ProcessState> process_state(const fs::path& stat_file) {
  constexpr int kFieldsFromStateToStart = 19;
  std::ifstream file(stat_file);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  const auto name_end = line.rfind(") ");
  if (name_end == std::string::npos) return std::nullopt;
  auto begin = name_end + 2;
  ProcessState found;
  found.state = begin < line.size() ? line[begin] : '?';
  for (int field = 0; field < kFieldsFromStateToStart; ++field) {
    begin = line.find(' ', begin);
    if (begin == std::string::npos) return std::nullopt;
    ++begin;
  }
  found.start = line.substr(begin, line.find(' ', begin) - begin);
  return found;
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0) return {};
  std::string text = name.data();
  for (char& c : text) {
    if (c == ':') c = '_';  // parts two fields of Worker::text
  }
  return text;
}

/// The number in "pid:[4026531836]".
std::string process_namespace(const fs::path& link) {
  std::error_code error;
  const std::string target = fs::read_symlink(link, error).string();
  const auto open = target.find('[');
  return error || open == std::string::npos ? std::string()
                                            : target.substr(open + 1, target.find(']') - open - 1);
}

bool process_is_gone(const Worker& worker, const fs::path& proc) {
  pid_t pid = 0;
  const auto* end = worker.pid.data() + worker.pid.size();
  const auto [stop, error] = std::from_chars(worker.pid.data(), end, pid);
  if (error != std::errc{} || stop != end || pid <= 0) return false;
  const auto state = process_state(proc / worker.pid / "stat");
  // What died and has not been waited for still has its entry. Where /proc hides the processes of
  // other users, the kernel is asked.
  if (state) return state->start != worker.start || state->state == 'Z' || state->state == 'X';
  return ::kill(pid, 0) != 0 && errno == ESRCH;
}

}  // namespace

std::string Worker::text() const {
  return fmt::format("{}:{}:{}:{}:{}", host, boot, processes, pid, start);
}

std::optional<Worker> Worker::parse(std::string_view text) {
  Worker worker;
  std::array<std::string*, 5> fields{&worker.host, &worker.boot, &worker.processes, &worker.pid,
                                     &worker.start};
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool last = i + 1 == fields.size();
    const auto colon = text.find(':');
    if ((colon == std::string_view::npos) != last) return std::nullopt;
    *fields[i] = text.substr(0, colon);
    if (!last) text.remove_prefix(colon + 1);
  }
  return worker;
}

Result<Worker> this_worker(const fs::path& proc) {
  Worker worker;
  worker.host = host_name();
  worker.pid = std::to_string(::getpid());
  worker.processes = process_namespace(proc / "self/ns/pid");
  std::ifstream(proc / "sys/kernel/random/boot_id") >> worker.boot;
  const auto state = process_state(proc / "self/stat");
  if (!state || worker.boot.empty()) {
    return fail(Error::Kind::unsupported,
                fmt::format("{} does not tell when this process began (self/stat) or which boot "
                            "this is (sys/kernel/random/boot_id); a study needs both to know "
                            "workers that died: mount /proc",
                            proc.string()));
  }
  worker.start = state->start;
  return worker;
}

bool can_be_judged(const Worker& worker, const Worker& witness) {
  if (worker.host != witness.host) return false;
  return worker.boot != witness.boot || worker.processes == witness.processes;
}

bool is_dead(const Worker& worker, const Worker& witness, const fs::path& proc) {
  if (!can_be_judged(worker, witness)) return false;
  return worker.boot != witness.boot || process_is_gone(worker, proc);
}

}  // namespace turngreen::study
