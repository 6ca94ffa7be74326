#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace turngreen {

/// What went wrong, in words a user can act on. `kind` is for programs, `message` for people: it
/// names the thing, the value found, the values allowed and what to do next.
struct Error {
  enum class Kind {
    invalid_input,  ///< a value, a file or a line that cannot be understood
    not_found,      ///< a file, a device or a library that is not there
    no_permission,  ///< it is there, and may not be read
    unsupported,    ///< it is there, and does not offer what was asked
    io,             ///< reading or writing failed (disk full, device gone)
  };
  Kind kind = Kind::invalid_input;
  std::string message;

  friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the Error that stood in its way. Keeps the member names of std::expected (C++23),
/// which is to replace it.
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail(Error::Kind::not_found, "...")` from any function returning a Result.
inline tl::unexpected<Error> fail(Error::Kind kind, std::string message) {
  return tl::unexpected<Error>(Error{kind, std::move(message)});
}

}  // namespace turngreen
