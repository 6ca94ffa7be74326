#pragma once

#include "model/model.h"
#include "turngreen/units/result.h"

namespace CLI {
class App;
}

namespace turngreen::engine {

/// --layers-dropped and --dropped-from. `options` must outlive the app.
void add_model_options(CLI::App& app, model::LoadOptions& options);

/// Error: what does not go together.
Result<void> check_model_options(const model::LoadOptions& options);

/// Tells the run protocol what was made of the model: layers_dropped, dropped_from.
void tell_model(const model::Model& model);

}  // namespace turngreen::engine
