#include "browser.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "scratch_directory.h"

namespace turngreen::report {
namespace {

constexpr const char* kAnswer = "browser-answer";

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const auto from = text.find(begin);
  if (from == std::string::npos) return {};
  const auto to = text.find(end, from + begin.size());
  return text.substr(from + begin.size(), to - from - begin.size());
}

/// The answer travels as hexadecimal UTF-16, which no markup changes.
std::string decoded(const std::string& hex) {
  std::string text;
  for (std::size_t at = 0; at + 4 <= hex.size(); at += 4) {
    const auto sign = std::stoul(hex.substr(at, 4), nullptr, 16);
    text += sign < 128 ? static_cast<char>(sign) : '?';
  }
  return text;
}

/// `page` with the script appended. The answer goes to the outermost window, where run() reads it.
std::string with_script(std::string page, const std::string& script) {
  const std::string nonce = between(page, "'nonce-", "'");
  const std::string added = "<script nonce=\"" + nonce + R"js(">
(() => {
  const body = async () => {)js" +
                            script + R"js(};
  const tell = (answer) => {
    const hex = [...Array(answer.length).keys()]
      .map((at) => answer.charCodeAt(at).toString(16).padStart(4, "0")).join("");
    parent.postMessage(hex, "*");
  };
  if (parent === window) addEventListener("message", (event) => {
    document.documentElement.setAttribute("browser-answer", event.data);
  });
  const wait = setInterval(() => {
    if (document.documentElement.dataset.ready !== "true") return;
    clearInterval(wait);
    body().then((answer) => tell(String(answer)), (error) => tell("failed: " + error));
  }, 20);
})();
</script>
)js";
  page.insert(page.rfind("</body>"), added);
  return page;
}

std::string frame_of(const BrowserView& view) {
  std::ostringstream frame;
  frame
      << "<!DOCTYPE html><body style=\"margin:0\"><script>addEventListener(\"message\", (event) => "
         "document.documentElement.setAttribute(\"browser-answer\", event.data));</script>"
         "<iframe src=\"page.html\" style=\"border:0\" width=\""
      << view.width << "\" height=\"" << view.height << "\"></iframe></body>";
  return frame.str();
}

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return output;
  char block[65536];
  while (const auto count = std::fread(block, 1, sizeof block, pipe)) output.append(block, count);
  ::pclose(pipe);
  return output;
}

}  // namespace

std::optional<Browser> Browser::find() {
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"}) {
    // Ubuntu's stub has the name and answers with how to get a snap.
    const auto version = output_of(std::string("timeout 20 ") + name + " --version 2>/dev/null");
    if (version.find("Chrom") != std::string::npos) return Browser(name);
  }
  return std::nullopt;
}

BrowserResult Browser::run(const std::string& page, const std::string& script,
                           const BrowserView& view) const {
  const ScratchDirectory directory;
  const bool framed = view.width < 500;  // narrower than a window may be
  write_file(directory / "page.html", with_script(page, script));
  write_file(directory / "frame.html", frame_of(view));
  std::ostringstream command;
  command
      << "cd " << directory.path().string() << " && timeout 100 " << program_
      << " --headless --disable-gpu --hide-scrollbars --run-all-compositor-stages-before-draw "
         "--virtual-time-budget=30000 --dump-dom --enable-logging=stderr --user-data-dir=profile"
      << " --window-size=" << (framed ? 800 : view.width) << ',' << view.height
      << (::geteuid() == 0 ? " --no-sandbox" : "") << " file://" << directory.path().string()
      << (framed ? "/frame.html" : "/page.html") << " 2>log";
  BrowserResult result;
  result.dom = output_of(command.str());
  result.answer = decoded(between(result.dom, std::string(kAnswer) + "=\"", "\""));
  std::istringstream log(content_of(directory / "log"));
  for (std::string line; std::getline(log, line);) {
    if (line.find(":CONSOLE") != std::string::npos) result.console.push_back(line);
  }
  return result;
}

}  // namespace turngreen::report
