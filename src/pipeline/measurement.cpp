#include "turngreen/pipeline/measurement.h"

namespace turngreen::pipeline {

std::string_view to_string(Scope scope) { return scope == Scope::machine ? "machine" : "process"; }

}  // namespace turngreen::pipeline
