#include "turngreen/pipeline/run_protocol.h"

#include <utility>

namespace turngreen::pipeline {

void LineSplitter::feed(std::string_view bytes, const std::function<void(std::string_view)>& line,
                        const std::function<void()>& too_long) {
  while (!bytes.empty()) {
    const auto newline = bytes.find('\n');
    const bool ends = newline != std::string_view::npos;
    const std::string_view piece = bytes.substr(0, newline);
    bytes.remove_prefix(ends ? newline + 1 : bytes.size());

    if (!skipping_ && kept_.size() + piece.size() > kMaxLineBytes) {
      skipping_ = true;
      kept_.clear();
      too_long();
    }
    if (!ends) {
      if (!skipping_) kept_ += piece;
      return;
    }
    if (skipping_) {
      skipping_ = false;
    } else if (kept_.empty()) {
      line(piece);
    } else {
      kept_ += piece;
      line(kept_);
      kept_.clear();
    }
  }
}

std::optional<std::string> LineSplitter::rest() {
  skipping_ = false;
  if (kept_.empty()) return std::nullopt;
  return std::exchange(kept_, {});
}

}  // namespace turngreen::pipeline
