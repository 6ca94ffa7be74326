#include "knobs.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "turngreen/knobs/catalogue.h"
#include "turngreen/report/knobs_report.h"
#include "turngreen/units/nearest_word.h"
#include "turngreen/units/text.h"

namespace turngreen::cli {
namespace {

struct KnobsOptions {
  std::string name;
  bool json = false;
};

int unknown_knob(const std::string& name, Console& console) {
  std::vector<std::string> ids;
  for (const auto& knob : knobs::catalogue()) ids.push_back(knob.id);
  const auto nearest = units::nearest_word(name, ids);
  console.err << fmt::format("turngreen knobs: there is no knob {}; {}\n", units::in_quotes(name),
                             nearest ? fmt::format("did you mean {}?", *nearest)
                                     : std::string("turngreen knobs lists them"));
  return kExitUsage;
}

int print_knobs(const KnobsOptions& options, Console& console) {
  const report::TableStyle style{console.out_terminal.columns, console.out_terminal.colour};
  if (options.name.empty()) {
    console.out << (options.json ? report::knobs_json(knobs::catalogue())
                                 : report::knobs_text(knobs::catalogue(), style));
    return kExitOk;
  }
  const auto* knob = knobs::find_in_catalogue(options.name);
  if (knob == nullptr) return unknown_knob(options.name, console);
  console.out << (options.json ? report::knobs_json({knob, 1}) : report::knob_text(*knob, style));
  return kExitOk;
}

}  // namespace

Action configure_knobs(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<KnobsOptions>();
  app.add_option("name", options->name, "show one knob with all that is known of it")
      ->type_name("NAME");
  app.add_flag("--json", options->json, "print JSON");
  return [options](Console& console, const std::vector<std::string>&) {
    return print_knobs(*options, console);
  };
}

}  // namespace turngreen::cli
