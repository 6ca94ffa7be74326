#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace turngreen::report {

/// What a browser made of a page.
struct BrowserResult {
  std::string answer;                 ///< what the script gave back
  std::vector<std::string> console;   ///< messages, complaints and uncaught exceptions
  std::vector<std::string> requests;  ///< addresses that were asked for, beside the page itself
};

struct BrowserView {
  int width = 1200, height = 900;  ///< of what is seen, in CSS pixels
};

/// Chromium without a window, from the PATH.
class Browser {
 public:
  /// Absent: there is none on this machine.
  static std::optional<Browser> find();

  /// Loads the page and runs `script` in it, the body of an async function, once the page says that
  /// it is ready. What it returns is the answer, as text; "no answer": it gave none in a minute.
  BrowserResult run(const std::string& page, const std::string& script,
                    const BrowserView& view = {}) const;

 private:
  explicit Browser(std::string program) : program_(std::move(program)) {}
  std::string program_;
};

}  // namespace turngreen::report
