#include "devtools_pipe.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>

extern char** environ;

namespace turngreen::report {
namespace {

using nlohmann::json;

constexpr int kPatienceMs = 60'000;
// The descriptors on which the browser reads commands and writes answers.
constexpr int kBrowserReads = 3, kBrowserWrites = 4;

/// Both ends above those that the child is to have, and closed in it.
std::optional<std::array<int, 2>> pipe_ends() {
  std::array<int, 2> low{}, ends{};
  if (::pipe(low.data()) != 0) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i) {
    ends[i] = ::fcntl(low[i], F_DUPFD_CLOEXEC, 10);
    ::close(low[i]);
  }
  return ends;
}

}  // namespace

std::optional<DevToolsPipe> DevToolsPipe::start(const std::string& program,
                                                const std::vector<std::string>& arguments) {
  ::signal(SIGPIPE, SIG_IGN);  // a browser that has ended is an empty answer
  const auto commands = pipe_ends();
  const auto answers = pipe_ends();
  if (!commands || !answers) return std::nullopt;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, (*commands)[0], kBrowserReads);
  posix_spawn_file_actions_adddup2(&actions, (*answers)[1], kBrowserWrites);
  std::vector<std::string> words{program, "--remote-debugging-pipe"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  pid_t browser = -1;
  const int failed =
      ::posix_spawnp(&browser, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close((*commands)[0]);
  ::close((*answers)[1]);
  if (failed != 0) {
    ::close((*commands)[1]);
    ::close((*answers)[0]);
    return std::nullopt;
  }
  return DevToolsPipe(browser, (*commands)[1], (*answers)[0]);
}

DevToolsPipe::DevToolsPipe(DevToolsPipe&& other) noexcept
    : browser_(std::exchange(other.browser_, -1)),
      to_(std::exchange(other.to_, -1)),
      from_(std::exchange(other.from_, -1)),
      last_id_(other.last_id_),
      session_(std::move(other.session_)),
      unread_(std::move(other.unread_)),
      events_(std::move(other.events_)) {}

DevToolsPipe::~DevToolsPipe() {
  if (browser_ < 0) return;
  ::close(to_);  // which ends the browser, and its children with it
  std::array<char, 4096> rest;
  pollfd readable{from_, POLLIN, 0};
  bool ended = false;
  while (!ended && ::poll(&readable, 1, 10'000) > 0) {
    ended = ::read(from_, rest.data(), rest.size()) <= 0;
  }
  if (!ended) ::kill(browser_, SIGKILL);
  ::close(from_);
  ::waitpid(browser_, nullptr, 0);
}

json DevToolsPipe::command(const std::string& method, json parameters) {
  json message{{"id", ++last_id_}, {"method", method}, {"params", std::move(parameters)}};
  if (!session_.empty()) message["sessionId"] = session_;
  const std::string text = message.dump();
  // Messages end with a zero byte.
  for (std::size_t sent = 0; sent <= text.size();) {
    const auto count = ::write(to_, text.c_str() + sent, text.size() + 1 - sent);
    if (count <= 0) return json::object();
    sent += static_cast<std::size_t>(count);
  }
  while (auto answer = read_message()) {
    if (answer->value("id", 0) == last_id_) return answer->value("result", json::object());
    events_.push_back(std::move(*answer));
  }
  return json::object();
}

bool DevToolsPipe::wait_for(const std::string& event) {
  for (std::size_t seen = 0;;) {
    for (; seen < events_.size(); ++seen) {
      if (events_[seen].value("method", "") == event) return true;
    }
    auto message = read_message();
    if (!message) return false;
    events_.push_back(std::move(*message));
  }
}

std::optional<json> DevToolsPipe::read_message() {
  for (;;) {
    if (const auto end = unread_.find('\0'); end != std::string::npos) {
      auto message = json::parse(unread_.substr(0, end), nullptr, false);
      unread_.erase(0, end + 1);
      return message;
    }
    pollfd readable{from_, POLLIN, 0};
    if (::poll(&readable, 1, kPatienceMs) <= 0) return std::nullopt;
    std::array<char, 65536> block;
    const auto count = ::read(from_, block.data(), block.size());
    if (count <= 0) return std::nullopt;
    unread_.append(block.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace turngreen::report
