#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>

#include "energy/fake_amd_smi_state.h"

namespace turngreen::energy {

/// Loads the fake libamd_smi and keeps it loaded, so that what a test sets is what the code under
/// test meets.
class FakeAmdSmi {
 public:
  FakeAmdSmi() : handle_(dlopen(path(), RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ == nullptr) throw std::runtime_error(dlerror());
    using State = FakeAmdLibrary*();
    library_ = reinterpret_cast<State*>(dlsym(handle_, "fake_amd_smi_library"))();
    *library_ = {};
  }
  FakeAmdSmi(const FakeAmdSmi&) = delete;
  FakeAmdSmi& operator=(const FakeAmdSmi&) = delete;
  ~FakeAmdSmi() { dlclose(handle_); }

  static const char* path() { return TURNGREEN_FAKE_AMD_SMI; }
  FakeAmdLibrary& library() { return *library_; }
  FakeAmdGpu& gpu(std::size_t index) { return library_->gpus.at(index); }
  FakeAmdGpu& add_gpu(const std::string& uuid) {
    library_->gpus.push_back({});
    library_->gpus.back().uuid = uuid;
    return library_->gpus.back();
  }

 private:
  void* handle_;
  FakeAmdLibrary* library_ = nullptr;
};

}  // namespace turngreen::energy
