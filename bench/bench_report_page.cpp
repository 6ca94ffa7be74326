// How long a page of the HTML report takes: to be written, and until Chromium shows its summary and
// then all of it. `bench_report_page [TRIALS]`, 10,000 unless told.
#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <vector>

#include "report/browser.h"
#include "report/sample_page.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRepeats = 7;
constexpr const char* kPaintTimes = R"js(
      const at = async (name) => {
        for (;;) {
          const [entry] = performance.getEntriesByName(name);
          if (entry) return entry.startTime;
          await new Promise((done) => setTimeout(done, 10));
        }
      };
      return `${await at("first-contentful-paint")} ${await at("page-ready")}`;)js";

std::string spread(std::vector<double> milliseconds) {
  std::ranges::sort(milliseconds);
  return fmt::format("{:.0f} ms (median of {}; {:.0f} to {:.0f})",
                     milliseconds[milliseconds.size() / 2], milliseconds.size(),
                     milliseconds.front(), milliseconds.back());
}

}  // namespace

int main(int argc, char** argv) {
  namespace report = turngreen::report;
  const std::size_t trials = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 10'000;
  const auto document = report::sample_document(trials);
  std::string page;
  std::vector<double> written;
  for (int i = 0; i < kRepeats; ++i) {
    const auto begin = Clock::now();
    auto made = report::report_page(document);
    written.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    if (!made) {
      fmt::print(stderr, "{}\n", made.error().message);
      return 1;
    }
    page = std::move(*made);
  }
  fmt::print("{} trials, {:.1f} MB\nwritten in  {}\n", trials,
             static_cast<double>(page.size()) / 1e6, spread(written));

  const auto browser = report::Browser::find();
  if (!browser) {
    fmt::print("no Chromium here: its first paint was not measured\n");
    return 0;
  }
  std::vector<double> painted, ready;
  for (int i = 0; i < kRepeats; ++i) {
    const auto answer = browser->run(page, kPaintTimes).answer;
    char* rest = nullptr;
    painted.push_back(std::strtod(answer.c_str(), &rest));
    ready.push_back(std::strtod(rest, nullptr));
  }
  fmt::print("first paint {}\nall there   {}\n", spread(painted), spread(ready));
}
