#include <cstddef>
#include <cstdint>
#include <string_view>

#include "require.h"
#include "turngreen/engine/linear/linear_model_config.h"

namespace turngreen::linear {
namespace {

using fuzz::require;

/// The input is the config.json of a linear model.
void feed(std::string_view input) {
  const auto config = parse_linear_config(input, "config.json");
  if (!config) {
    require(config.error().message.starts_with("config.json"), "a fault names the file");
    return;
  }
  require(!config->labels.names.empty(), "a model has a label");
  const auto again = parse_linear_config(linear_config_json(*config), "config.json");
  require(again.has_value() && *again == *config, "what is written is read");
}

}  // namespace
}  // namespace turngreen::linear

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  turngreen::linear::feed({reinterpret_cast<const char*>(data), size});
  return 0;
}
