#include <cstddef>
#include <cstdint>
#include <string_view>

#include "energy/recording_stream.h"
#include "require.h"
#include "statement_checks.h"

namespace turngreen::energy {
namespace {

using fuzz::require;

void feed(std::string_view bytes) {
  const auto decoded = decode_recording(bytes);
  const auto again = decode_recording(bytes);
  require(decoded.has_value() == again.has_value(), "decoding depends on the bytes alone");
  if (!decoded) {
    require(decoded.error() == again.error(), "the same error");
    require(decoded.error().message.starts_with("byte "), "an error names the byte");
    return;
  }
  require(decoded->complete == again->complete && decoded->note == again->note, "the same note");
  require(decoded->statement.has_value() == again->statement.has_value(), "the same samples");
  require(!decoded->complete || decoded->statement, "a complete recording has a sample");
  if (!decoded->statement) return;
  check_statement(*decoded->statement);
  check_same(*decoded->statement, *again->statement);
}

}  // namespace
}  // namespace turngreen::energy

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::energy::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
