#pragma once

#include <c10/core/Device.h>

#include <string_view>

#include "turngreen/units/result.h"

namespace turngreen::model {

/// "cpu", "cuda" (the first) or "cuda:1". Error: anything else; a device that is not there, with
/// those that are.
Result<at::Device> parse_device(std::string_view text);

/// The same where there are this many CUDA devices; `built_with_cuda` is for the reason given.
Result<at::Device> parse_device(std::string_view text, int cuda_devices, bool built_with_cuda);

}  // namespace turngreen::model
