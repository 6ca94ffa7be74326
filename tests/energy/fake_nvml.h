#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>

#include "energy/fake_nvml_state.h"

namespace turngreen::energy {

/// Loads the fake libnvidia-ml and keeps it loaded, so that what a test sets is what the code under
/// test meets.
class FakeNvml {
 public:
  FakeNvml() : handle_(dlopen(path(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) throw std::runtime_error(dlerror());
    using State = FakeNvidiaDriver*();
    driver_ = reinterpret_cast<State*>(dlsym(handle_, "fake_nvml_driver"))();
    *driver_ = {};
  }
  FakeNvml(const FakeNvml&) = delete;
  FakeNvml& operator=(const FakeNvml&) = delete;
  ~FakeNvml() { dlclose(handle_); }

  static const char* path() { return TURNGREEN_FAKE_NVML; }
  FakeNvidiaDriver& driver() { return *driver_; }
  FakeNvidiaGpu& gpu(std::size_t index) { return driver_->gpus.at(index); }
  FakeNvidiaGpu& add_gpu(const std::string& uuid) {
    driver_->gpus.push_back({});
    driver_->gpus.back().uuid = uuid;
    return driver_->gpus.back();
  }

 private:
  void* handle_;
  FakeNvidiaDriver* driver_ = nullptr;
};

}  // namespace turngreen::energy
