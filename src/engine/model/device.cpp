#include "model/device.h"

#include <ATen/detail/CUDAHooksInterface.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "turngreen/units/text.h"

namespace turngreen::model {
namespace {

std::string devices_there(int cuda_devices, bool built_with_cuda) {
  if (cuda_devices == 1) return "there are cpu and cuda:0";
  if (cuda_devices > 1) return fmt::format("there are cpu and cuda:0 to cuda:{}", cuda_devices - 1);
  if (built_with_cuda) return "there is cpu only: the driver shows none of CUDA";
  return "there is cpu only: this libtorch was built without CUDA";
}

/// The number behind "cuda:", 0 for "cuda"; nothing for other words.
std::optional<int> cuda_number(std::string_view text) {
  if (text == "cuda") return 0;
  if (!text.starts_with("cuda:")) return std::nullopt;
  text.remove_prefix(5);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

}  // namespace

Result<at::Device> parse_device(std::string_view text, int cuda_devices, bool built_with_cuda) {
  if (text == "cpu") return at::Device(at::kCPU);
  const auto number = cuda_number(text);
  if (!number) {
    return fail(Error::Kind::invalid_input,
                fmt::format("device {}: it must be cpu, cuda or cuda:N; {}", units::in_quotes(text),
                            devices_there(cuda_devices, built_with_cuda)));
  }
  if (*number >= cuda_devices) {
    return fail(Error::Kind::not_found, fmt::format("device {} is not there; {}", text,
                                                    devices_there(cuda_devices, built_with_cuda)));
  }
  return at::Device(at::kCUDA, static_cast<at::DeviceIndex>(*number));
}

Result<at::Device> parse_device(std::string_view text) {
#ifdef TURNGREEN_LIBTORCH_HAS_CUDA
  constexpr bool kBuiltWithCuda = true;
#else
  constexpr bool kBuiltWithCuda = false;
#endif
  return parse_device(text, kBuiltWithCuda ? at::detail::getCUDAHooks().deviceCount() : 0,
                      kBuiltWithCuda);
}

}  // namespace turngreen::model
