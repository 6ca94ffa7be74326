#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace turngreen::report {

/// A browser started without a window, and the pipe on which it takes commands and tells events
/// (Chrome DevTools Protocol over --remote-debugging-pipe). Ended with the object.
class DevToolsPipe {
 public:
  /// `program` with `arguments`; what it prints goes nowhere. Absent: it could not be started.
  static std::optional<DevToolsPipe> start(const std::string& program,
                                           const std::vector<std::string>& arguments);
  DevToolsPipe(DevToolsPipe&& other) noexcept;
  DevToolsPipe& operator=(DevToolsPipe&&) = delete;
  ~DevToolsPipe();

  /// The command's result, or {} where it failed, or the browser didn't answer within a minute.
  nlohmann::json command(const std::string& method,
                         nlohmann::json parameters = nlohmann::json::object());
  /// Waits for an event that comes after the last command. False: none within a minute.
  bool wait_for(const std::string& event);

  /// From now on commands are for this target (a tab).
  void use_session(std::string session) { session_ = std::move(session); }
  /// All events so far, in order.
  const std::vector<nlohmann::json>& events() const { return events_; }

 private:
  DevToolsPipe(pid_t browser, int to, int from) : browser_(browser), to_(to), from_(from) {}
  std::optional<nlohmann::json> read_message();

  pid_t browser_ = -1;
  int to_ = -1, from_ = -1;
  int last_id_ = 0;
  std::string session_;
  std::string unread_;
  std::vector<nlohmann::json> events_;
};

}  // namespace turngreen::report
