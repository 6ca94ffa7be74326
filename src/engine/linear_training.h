#pragma once

#include <ostream>

#include "linear_arguments.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// From the files to the trained model, as run_training: reads, fits, saves and sums up.
Result<void> run_linear_training(LinearTrainArguments& arguments, std::ostream& out,
                                 std::ostream& err);

}  // namespace turngreen::engine
