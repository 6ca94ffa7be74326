#pragma once

#include <string>

#include "turngreen/units/result.h"

namespace turngreen::energy {

/// A library loaded while the program runs; unloaded with this object. Move-only.
class SharedLibrary {
 public:
  /// By path, or by name through the loader's search path. The error is not_found with the loader's
  /// words.
  static Result<SharedLibrary> open(const std::string& name);
  SharedLibrary(SharedLibrary&& other) noexcept;
  SharedLibrary& operator=(SharedLibrary&& other) noexcept;
  ~SharedLibrary();

  /// The function of that name, null where the library has none.
  template <typename Function>
  Function* find(const char* name) const noexcept {
    return reinterpret_cast<Function*>(symbol(name));
  }

 private:
  explicit SharedLibrary(void* handle) : handle_(handle) {}
  void* symbol(const char* name) const noexcept;

  void* handle_ = nullptr;
};

}  // namespace turngreen::energy
