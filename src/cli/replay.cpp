#include "replay.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "outputs.h"
#include "turngreen/energy/recording.h"
#include "turngreen/report/recording_note.h"

namespace turngreen::cli {
namespace {

struct ReplayOptions {
  std::string file;
  OutputOptions output;
};

Result<pipeline::Measurement> read_recording(const std::string& file, Console& console) {
  auto replayed = energy::replay(file);
  if (!replayed) return tl::unexpected<Error>(replayed.error());
  pipeline::Measurement measurement;
  if (!replayed->note.empty()) {
    auto facts = report::parse_recording_note(replayed->note);
    if (!facts) return tl::unexpected<Error>(facts.error());
    measurement = *std::move(facts);
  }
  if (!replayed->complete) {
    console.err << fmt::format(
        "turngreen replay: {} ends before its run did; what follows covers "
        "the time up to there\n",
        file);
  }
  measurement.energy = std::move(replayed->statement);
  return measurement;
}

int replay_file(const ReplayOptions& options, Console& console) {
  const auto outputs = Outputs::prepare(options.output);
  if (!outputs) {
    console.err << "turngreen replay: " << outputs.error().message << '\n';
    return kExitUsage;
  }
  auto measurement = read_recording(options.file, console);
  if (!measurement) {
    console.err << "turngreen replay: " << measurement.error().message << '\n';
    return kExitFailure;
  }
  outputs->add_figures(*measurement, console);
  return outputs->write({&*measurement, 1}, console) ? kExitOk : kExitFailure;
}

}  // namespace

Action configure_replay(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<ReplayOptions>();
  app.add_option("file", options->file, "a recording")->type_name("FILE")->required();
  add_output_options(app, options->output);
  app.add_option("--prometheus", options->output.prometheus, "write metrics to a file")
      ->type_name("FILE");
  return [options](Console& console, const std::vector<std::string>&) {
    return replay_file(*options, console);
  };
}

}  // namespace turngreen::cli
