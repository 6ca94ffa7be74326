#pragma once

#include <ostream>
#include <string_view>

#include "command_table.h"
#include "turngreen/units/result.h"

namespace turngreen::engine {

/// "turngreen COMMAND: message" on `err`. Returns the exit status of a failure.
int complain(std::ostream& err, std::string_view command, const Error& error);

/// `action`, whose uncaught exceptions (libtorch's: no memory, a fault of a GPU) become such a
/// message.
Action guarded(std::string_view command, Action action);

}  // namespace turngreen::engine
