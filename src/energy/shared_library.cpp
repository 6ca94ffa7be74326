#include "shared_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

#include <utility>

namespace turngreen::energy {

Result<SharedLibrary> SharedLibrary::open(const std::string& name) {
  void* const handle = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    const char* const reason = dlerror();
    return fail(Error::Kind::not_found,
                fmt::format("{} cannot be loaded: {}", name,
                            reason == nullptr ? "the loader gives no reason" : reason));
  }
  return SharedLibrary(handle);
}

SharedLibrary::SharedLibrary(SharedLibrary&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)) {}

SharedLibrary& SharedLibrary::operator=(SharedLibrary&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

SharedLibrary::~SharedLibrary() {
  if (handle_ != nullptr) dlclose(handle_);
}

void* SharedLibrary::symbol(const char* name) const noexcept { return dlsym(handle_, name); }

}  // namespace turngreen::energy
