#include "activation_names.h"

#include <algorithm>
#include <array>

namespace turngreen::checkpoint {
namespace {

struct Row {
  std::string_view name;
  Activation activation;
};

// Of several names for one function the first is written.
constexpr std::array kRows = {
    Row{"gelu", Activation::gelu},
    Row{"gelu_python", Activation::gelu},
    Row{"gelu_pytorch_tanh", Activation::gelu_tanh},
    Row{"gelu_python_tanh", Activation::gelu_tanh},
    Row{"gelu_new", Activation::gelu_tanh},
    Row{"gelu_fast", Activation::gelu_tanh},
    Row{"gelu_accurate", Activation::gelu_tanh},
    Row{"relu", Activation::relu},
    Row{"silu", Activation::silu},
    Row{"swish", Activation::silu},
};

}  // namespace

std::optional<Activation> activation_named(std::string_view name) {
  const auto* found =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return row.name == name; });
  return found == kRows.end() ? std::nullopt : std::optional(found->activation);
}

std::string_view name_of(Activation activation) {
  return std::find_if(kRows.begin(), kRows.end(),
                      [&](const Row& row) { return row.activation == activation; })
      ->name;
}

std::string_view activation_names() {
  return "gelu, gelu_python, gelu_pytorch_tanh, gelu_python_tanh, gelu_new, gelu_fast, "
         "gelu_accurate, relu, silu, swish";
}

}  // namespace turngreen::checkpoint
