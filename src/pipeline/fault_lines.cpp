#include "fault_lines.h"

#include <fmt/format.h>

namespace turngreen::pipeline {
namespace {

constexpr std::size_t kMostLines = 20;

}  // namespace

void FaultLines::add(std::string_view fault) {
  if (++count_ > kMostLines) return;
  if (!lines_.empty()) lines_ += '\n';
  lines_ += fault;
}

std::string FaultLines::text() const {
  if (count_ <= kMostLines) return lines_;
  return fmt::format("{}\nand {} more", lines_, count_ - kMostLines);
}

}  // namespace turngreen::pipeline
