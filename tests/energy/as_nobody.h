#pragma once

#include <unistd.h>

namespace turngreen::energy {

/// Runs the rest of the scope without root's rights where the tests run as root: root may read what
/// the modes of a file forbid. Of no effect for other users, who are denied anyway.
class AsNobody {
 public:
  AsNobody() : before_(geteuid()) {
    if (before_ == 0) effective_ = seteuid(65534) == 0;
  }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;
  ~AsNobody() {
    if (before_ == 0 && effective_) effective_ = seteuid(before_) == 0;
  }
  bool effective() const { return effective_; }

 private:
  uid_t before_;
  bool effective_ = true;
};

}  // namespace turngreen::energy
