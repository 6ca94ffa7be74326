#include "guarded_action.h"

#include <c10/util/Exception.h>
#include <fmt/format.h>

#include <new>

#include "exit_status.h"

namespace turngreen::engine {

int complain(std::ostream& err, std::string_view command, const Error& error) {
  err << fmt::format("turngreen {}: {}\n", command, error.message);
  return kExitFailure;
}

Action guarded(std::string_view command, Action action) {
  return [command, action = std::move(action)](std::ostream& out, std::ostream& err) {
    try {
      return action(out, err);
    } catch (const c10::Error& error) {
      return complain(err, command,
                      {Error::Kind::io, fmt::format("libtorch: {}; a smaller --batch-size or "
                                                    "--max-length takes less memory",
                                                    error.what_without_backtrace())});
    } catch (const std::bad_alloc&) {
      return complain(err, command,
                      {Error::Kind::io,
                       "there is not enough memory; a smaller --batch-size or "
                       "--max-length takes less"});
    }
  };
}

}  // namespace turngreen::engine
