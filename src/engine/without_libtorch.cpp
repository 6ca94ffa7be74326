// The commands that run a model, in a build without libtorch: they say so.
#include <CLI/CLI.hpp>

#include "embed_command.h"
#include "evaluate_command.h"
#include "exit_status.h"
#include "predict_command.h"
#include "train_command.h"

namespace turngreen::engine {
namespace {

Action configure_absent(CLI::App& app) {
  app.allow_extras();
  return [name = app.get_name()](std::ostream&, std::ostream& err) {
    err << name << ": this turngreen-engine was built without libtorch; build it with "
        << "-D TURNGREEN_LIBTORCH=ON, or take models of the family hashed_linear "
        << "(train --model-family hashed_linear)\n";
    return kExitFailure;
  };
}

}  // namespace

Action configure_embed(CLI::App& app) { return configure_absent(app); }
Action configure_evaluate(CLI::App& app) { return configure_absent(app); }
Action configure_predict(CLI::App& app) { return configure_absent(app); }
Action configure_train(CLI::App& app) { return configure_absent(app); }

}  // namespace turngreen::engine
