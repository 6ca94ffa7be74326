#pragma once

#include "command_table.h"

namespace turngreen::engine {

// The commands for the model family hashed_linear.
Action configure_linear_train(CLI::App& app);
Action configure_linear_evaluate(CLI::App& app);
Action configure_linear_predict(CLI::App& app);

/// There are no vectors in such a model: says so.
Action configure_linear_embed(CLI::App& app);

}  // namespace turngreen::engine
