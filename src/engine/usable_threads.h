#pragma once

namespace turngreen::engine {

/// Processors that this process may run on; at least 1.
int usable_threads();

}  // namespace turngreen::engine
