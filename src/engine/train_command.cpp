#include "train_command.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "exit_status.h"
#include "guarded_action.h"
#include "train_arguments.h"
#include "train_run.h"

namespace turngreen::engine {
namespace {

int run(TrainArguments& arguments, std::ostream& out, std::ostream& err) {
  if (const auto settled = settle(arguments); !settled) {
    complain(err, "train", settled.error());
    return kExitUsage;
  }
  const auto end = run_training(arguments, out, err);
  if (!end) return complain(err, "train", end.error());
  return *end == train::End::finished ? kExitOk : kExitInterrupted;
}

}  // namespace

Action configure_train(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto arguments = std::make_shared<TrainArguments>();
  add_train_options(app, *arguments);
  return guarded("train", [arguments](std::ostream& out, std::ostream& err) {
    return run(*arguments, out, err);
  });
}

}  // namespace turngreen::engine
