#include "browser.h"

#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "devtools_pipe.h"
#include "scratch_directory.h"

namespace turngreen::report {
namespace {

using nlohmann::json;

std::vector<std::string> arguments(const std::filesystem::path& profile) {
  std::vector<std::string> words{"--headless", "--disable-gpu", "--no-first-run",
                                 "--disable-background-networking",
                                 "--user-data-dir=" + profile.string()};
  // Its sandbox needs rights that root in a container has not, and refuses root elsewhere.
  if (::geteuid() == 0) words.push_back("--no-sandbox");
  return words;
}

std::string in_page(const std::string& script) {
  return "(async () => {"
         "  while (document.documentElement.dataset.ready !== 'true')"
         "    await new Promise((done) => setTimeout(done, 10));" +
         script + "})()";
}

/// Sorts the browser's events into what the page said and what it asked for.
void tell(const std::vector<json>& events, BrowserResult& result) {
  for (const auto& event : events) {
    const auto method = event.value("method", "");
    const auto& parameters = event.contains("params") ? event["params"] : event;
    if (method == "Runtime.consoleAPICalled" || method == "Runtime.exceptionThrown" ||
        method == "Log.entryAdded") {
      result.console.push_back(parameters.dump());
    } else if (method == "Network.requestWillBeSent") {
      const auto address = parameters["request"]["url"].get<std::string>();
      if (!address.starts_with("data:") && !address.starts_with("blob:") &&
          !address.ends_with("/page.html")) {
        result.requests.push_back(address);
      }
    }
  }
}

}  // namespace

std::optional<Browser> Browser::find() {
  const char* folders = std::getenv("PATH");
  std::istringstream path(folders != nullptr ? folders : "");
  for (std::string folder; std::getline(path, folder, ':');) {
    const auto program = std::filesystem::path(folder) / "chromium";
    if (::access(program.c_str(), X_OK) == 0) return Browser(program.string());
  }
  return std::nullopt;
}

BrowserResult Browser::run(const std::string& page, const std::string& script,
                           const BrowserView& view) const {
  const ScratchDirectory directory;
  write_file(directory / "page.html", page);
  BrowserResult result{"no answer", {}, {}};
  auto pipe = DevToolsPipe::start(program_, arguments(directory / "profile"));
  if (!pipe) return result;
  const auto tab = pipe->command("Target.createTarget", {{"url", "about:blank"}});
  const auto attached = pipe->command("Target.attachToTarget",
                                      {{"targetId", tab.value("targetId", "")}, {"flatten", true}});
  if (!attached.contains("sessionId")) {
    result.answer = program_ + " does not start here";
    return result;
  }
  pipe->use_session(attached.value("sessionId", ""));
  for (const char* part : {"Page.enable", "Runtime.enable", "Log.enable", "Network.enable"}) {
    pipe->command(part);
  }
  pipe->command("Emulation.setDeviceMetricsOverride", {{"width", view.width},
                                                       {"height", view.height},
                                                       {"deviceScaleFactor", 1},
                                                       {"mobile", view.width < 500}});
  pipe->command("Page.navigate", {{"url", "file://" + (directory / "page.html").string()}});
  pipe->wait_for("Page.loadEventFired");
  const auto found = pipe->command(
      "Runtime.evaluate",
      {{"expression", in_page(script)}, {"awaitPromise", true}, {"returnByValue", true}});
  if (found.contains("exceptionDetails")) {
    result.answer = found["exceptionDetails"].dump();
  } else if (found.contains("result") && found["result"].contains("value")) {
    const auto& value = found["result"]["value"];
    result.answer = value.is_string() ? value.get<std::string>() : value.dump();
  }
  tell(pipe->events(), result);
  return result;
}

}  // namespace turngreen::report
