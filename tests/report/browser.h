#pragma once

#include <optional>
#include <string>
#include <vector>

namespace turngreen::report {

/// What a browser made of a page.
struct BrowserResult {
  std::string dom;                   ///< the document in the end, as markup
  std::string answer;                ///< what the script gave back
  std::vector<std::string> console;  ///< every line that the page wrote there
};

struct BrowserView {
  int width = 1200, height = 900;  ///< of what is seen; below 500 by a frame
};

/// Chromium without a window, from the PATH; it reads files and gets no network from a page.
class Browser {
 public:
  /// Absent: there is none on this machine, or it does not start.
  static std::optional<Browser> find();

  /// Loads the page and runs `script` in it, the body of an async function, once the page is drawn.
  /// What it returns is the answer, as text. The page's policy lets no other script in: this one is
  /// given the page's nonce.
  BrowserResult run(const std::string& page, const std::string& script,
                    const BrowserView& view = {}) const;

 private:
  explicit Browser(std::string program) : program_(std::move(program)) {}
  std::string program_;
};

}  // namespace turngreen::report
