// The page as a browser shows it. Needs Chromium and a build with plotly.min.js.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "browser.h"
#include "sample_page.h"

namespace turngreen::report {
namespace {

using testing::IsEmpty;

class ReportPageInBrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (page_parts().plotly.empty()) {
      GTEST_SKIP() << "this build holds no plotly.min.js: scripts/make-venv report fetches it";
    }
    browser_ = Browser::find();
    if (!browser_) GTEST_SKIP() << "no Chromium here: scripts/install-packages test installs it";
  }

  BrowserResult run(const nlohmann::ordered_json& document, const std::string& script,
                    const BrowserView& view = {}) const {
    return browser_->run(report_page(document).value(), script, view);
  }

  std::optional<Browser> browser_;
};

/// Waits until as many figures are drawn as there are, and tells both numbers.
constexpr const char* kFiguresDrawn = R"js(
  const count = (selector) => document.querySelectorAll(selector).length;
  for (let i = 0; i < 200 && count("[data-drawn]") < count("[data-figure]"); ++i) {
    await new Promise((done) => setTimeout(done, 50));
  }
  const drawn = `${count("[data-drawn]")} of ${count("[data-figure]")} drawn`;
)js";

TEST_F(ReportPageInBrowser, draws_every_figure_in_view_and_complains_of_nothing) {
  const auto result = run(sample_document(), std::string(kFiguresDrawn) + R"js(
    const unnamed = [...document.querySelectorAll("[data-figure]")].filter((plot) => !plot.ariaLabel);
    const hidden = [...document.querySelectorAll("main > section[hidden]")].map((one) => one.id);
    return `${drawn}, ${unnamed.length} without words, hidden: ${hidden}`;)js",
                          {1200, 15000});
  EXPECT_EQ(result.answer, "6 of 6 drawn, 0 without words, hidden: ");
  EXPECT_THAT(result.requests, IsEmpty());
  EXPECT_THAT(result.console, IsEmpty());
}

TEST_F(ReportPageInBrowser, waits_with_figures_out_of_view_until_it_is_printed) {
  const auto result =
      run(sample_document(), std::string(R"js(
    await new Promise((done) => setTimeout(done, 500));
    const before = document.querySelectorAll("[data-drawn]").length < 6;
    dispatchEvent(new Event("beforeprint"));)js") +
                                 kFiguresDrawn + R"js(return `${before}, ${drawn}`;)js");
  EXPECT_EQ(result.answer, "true, 6 of 6 drawn");
  EXPECT_THAT(result.console, IsEmpty());
}

TEST_F(ReportPageInBrowser, sorts_filters_and_turns_pages_by_keyboard) {
  const auto result = run(sample_document(250), R"js(
    const box = document.querySelector('[data-part="trials"]');
    const first = () => box.querySelector("tbody th").textContent;
    const rows = () => box.querySelectorAll("tbody tr").length;
    const said = () => box.querySelector('[role="status"]').textContent;
    const sort = () => {
      const button = box.querySelector("thead button");
      button.focus();
      document.activeElement.click();
      return `${first()} ${box.querySelector("thead th").ariaSort}`;
    };
    const steps = [`${first()} of ${rows()}: ${said()}`, sort(), sort()];
    steps.push(document.activeElement.textContent.startsWith("trial") ? "focus kept" : "focus lost");
    [...box.querySelectorAll("button")].find((button) => button.textContent === "Next").click();
    steps.push(`${first()}: ${said()}`);
    const search = box.querySelector("input");
    search.value = "memory FAILED";
    search.dispatchEvent(new Event("input"));
    steps.push(said());
    return steps.join("; ");)js");
  EXPECT_EQ(result.answer,
            "1 of 100: 1 to 100 of 250 trials; 1 ascending; 250 descending; focus kept; "
            "150: 101 to 200 of 250 trials; 16 trials");
}

TEST_F(ReportPageInBrowser, changes_the_unit_of_energy_everywhere) {
  const auto result = run(sample_document(), R"js(
    const heading = () => [...document.querySelectorAll("#configurations thead th")]
      .map((cell) => cell.textContent).find((text) => text.startsWith("energy"));
    const before = heading();
    const select = document.querySelector(".masthead select");
    select.value = "Wh";
    select.dispatchEvent(new Event("change"));
    return `${before}, ${heading()}`;)js");
  EXPECT_EQ(result.answer, "energy (J), energy (Wh)");
}

/// Every text of the document, keys of objects that are names included.
void put_in(nlohmann::ordered_json& value, const std::string& text) {
  if (value.is_string()) value = value.get<std::string>() + text;
  if (value.is_array() || value.is_object()) {
    for (auto& each : value) put_in(each, text);
  }
}

TEST_F(ReportPageInBrowser, shows_names_with_markup_as_they_are) {
  auto document = sample_document();
  const std::string markup =
      "</script><script>document.title='owned'</script><img src=x "
      "onerror=\"document.title='owned'\">"
      "<b>bold</b><a href=\"javascript:document.title='owned'\">link</a>";
  for (auto& row : document["configurations"]) {
    for (const char* name : {"name", "reason"}) put_in(row[name], markup);
    row["configuration"][markup] = markup;
    for (auto& stage : row["stages"]) {
      put_in(stage["name"], markup);
      stage["domains"] = {{markup, 1.0}};
    }
  }
  document["baseline"] = document["configurations"][0];
  for (const char* name : {"summary", "recommended", "pathways", "effects", "bundles", "domains",
                           "trials", "provenance"}) {
    put_in(document[name], markup);
  }
  for (auto& note : document["notes"]) put_in(note["text"], markup);
  for (const char* name : {"name", "source", "version", "carbon_basis"}) {
    put_in(document["study"][name], markup);
  }
  const auto result = run(document, std::string(kFiguresDrawn) + R"js(
    const made = document.querySelectorAll("img, main b, main a, svg a").length;
    const literal = document.querySelector("#configurations tbody th").textContent.includes("<img src=x");
    return `${drawn}, ${made} made, ${literal}, ${document.title === "owned"}`;)js",
                          {1200, 20000});
  EXPECT_EQ(result.answer, "6 of 6 drawn, 0 made, true, false");
  EXPECT_THAT(result.console, IsEmpty());
}

TEST_F(ReportPageInBrowser, asks_for_nothing_and_lets_no_other_script_ask) {
  auto page = report_page(sample_document()).value();
  page.insert(page.rfind("</body>"), "<script>document.title = 'owned'</script>");
  const auto result = browser_->run(page, std::string(kFiguresDrawn) + R"js(
    let refused = 0;
    addEventListener("securitypolicyviolation", () => ++refused);
    await fetch("http://127.0.0.1:9/").catch(() => null);
    new Image().src = "http://127.0.0.1:9/pixel";
    await new Promise((done) => setTimeout(done, 500));
    return `${refused} refused, ${document.title === "owned"}`;)js",
                                    {1200, 15000});
  EXPECT_EQ(result.answer, "2 refused, false");
}

TEST_F(ReportPageInBrowser, offers_no_button_that_sends_the_data_away) {
  const auto result = run(sample_document(), std::string(kFiguresDrawn) + R"js(
    const buttons = [...document.querySelectorAll(".modebar-btn")].map((button) => button.dataset.title ?? button.ariaLabel);
    return `${buttons.length > 0}, ${buttons.filter((title) => /share|cloud|plotly/i.test(title)).length}`;)js",
                          {1200, 15000});
  EXPECT_EQ(result.answer, "true, 0");
}

TEST_F(ReportPageInBrowser, does_not_scroll_sideways_on_a_phone) {
  const auto result = run(sample_document(), std::string(kFiguresDrawn) + R"js(
    const root = document.documentElement;
    return `${drawn}, ${root.clientWidth} wide, ${root.scrollWidth - root.clientWidth} beyond`;)js",
                          {360, 20000});
  EXPECT_EQ(result.answer, "6 of 6 drawn, 360 wide, 0 beyond");
}

TEST_F(ReportPageInBrowser, has_text_with_enough_contrast_by_day_and_by_night) {
  const auto result = run(sample_document(), R"js(
    const probe = document.body.appendChild(document.createElement("span"));
    const luminance = (name) => {
      probe.style.color = `var(--${name})`;
      const [r, g, b] = getComputedStyle(probe).color.match(/[\d.]+/g).map((part) => part / 255)
        .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const poor = [];
    for (const theme of ["light", "dark"]) {
      document.documentElement.dataset.theme = theme;
      for (const [texts, grounds] of [[["ink", "faint", "link", "good", "bad"], ["ground", "panel"]],
                                      [["ink"], ["less", "more"]]]) {
        for (const text of texts) for (const ground of grounds) {
          const [low, high] = [luminance(text), luminance(ground)].sort((a, b) => a - b);
          const contrast = (high + 0.05) / (low + 0.05);
          if (!(contrast >= 4.5)) poor.push(`${theme} ${text} on ${ground}: ${contrast.toFixed(2)}`);
        }
      }
    }
    return `poor: ${poor}`;)js");
  EXPECT_EQ(result.answer, "poor: ");
}

TEST_F(ReportPageInBrowser, leaves_out_the_sections_that_have_nothing_to_tell) {
  auto document = sample_document();
  for (auto& [name, value] : document.items()) {
    if (value.is_array()) value = nlohmann::ordered_json::array();
  }
  document["baseline"] = document["recommended"] = document["saving"] = nullptr;
  document["probability_within_budget"] = nullptr;
  const auto result = run(document, R"js(
    return [...document.querySelectorAll("main > section:not([hidden])")].map((one) => one.id).join(" ");)js");
  EXPECT_EQ(result.answer, "summary ledger provenance words");
  EXPECT_THAT(result.console, IsEmpty());
}

}  // namespace
}  // namespace turngreen::report
