#include "model_options.h"

#include <CLI/CLI.hpp>

#include "model_choices.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {

void add_model_options(CLI::App& app, model::LoadOptions& options) {
  app.add_option("--layers-dropped", options.dropped.count,
                 "encoder layers that the model is made without")
      ->type_name("N")
      ->check(CLI::Range(0, 1 << 20))
      ->capture_default_str();
  add_choice(app, "--dropped-from", kLayerEnds, options.dropped.from)
      ->description("which end those layers are at; the top is where the head is");
}

Result<void> check_model_options(const model::LoadOptions& options) {
  if (options.dropped.count == 0 && options.dropped.from == model::LayerEnd::bottom) {
    return fail(Error::Kind::invalid_input,
                "--dropped-from bottom: no layer is dropped; give --layers-dropped too, or leave "
                "it out");
  }
  return {};
}

void tell_model(const model::Model& model) {
  const model::DroppedLayers& dropped = model.dropped_layers();
  run::effective("layers_dropped", static_cast<double>(dropped.count));
  if (dropped.count > 0)
    run::effective("dropped_from", std::string(name_in(kLayerEnds, dropped.from)));
}

}  // namespace turngreen::engine
