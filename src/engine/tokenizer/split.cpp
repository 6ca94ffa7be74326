#include "split.h"

namespace turngreen::tokenizer {
namespace {

void append(ByteRange range, std::vector<Piece>& out) {
  if (range.size() != 0) out.push_back({range});
}

/// Neighbours that are alike become one.
void append_contiguous(std::span<const Part> parts, std::vector<Piece>& out) {
  const std::size_t first = out.size();
  bool before = false;
  for (const Part& part : parts) {
    if (part.is_delimiter == before && out.size() > first) {
      out.back().range.end = part.range.end;
    } else {
      append(part.range, out);
    }
    before = part.is_delimiter;
  }
}

/// A delimiter joins what is before it, unless that is a delimiter too.
void append_with_previous(std::span<const Part> parts, std::vector<Piece>& out) {
  const std::size_t first = out.size();
  bool before = false;
  for (const Part& part : parts) {
    if (part.is_delimiter && !before && out.size() > first) {
      out.back().range.end = part.range.end;
    } else {
      append(part.range, out);
    }
    before = part.is_delimiter;
  }
}

/// A delimiter joins what is after it, unless that is a delimiter too.
void append_with_next(std::span<const Part> parts, std::vector<Piece>& out) {
  for (std::size_t n = 0; n < parts.size(); ++n) {
    const bool joins = parts[n].is_delimiter && n + 1 < parts.size() && !parts[n + 1].is_delimiter;
    if (!joins) {
      append(parts[n].range, out);
      continue;
    }
    append({parts[n].range.begin, parts[n + 1].range.end}, out);
    ++n;
  }
}

}  // namespace

void append_split(std::span<const Part> parts, SplitBehavior behavior, std::vector<Piece>& out) {
  switch (behavior) {
    case SplitBehavior::removed:
      for (const Part& part : parts) {
        if (!part.is_delimiter) append(part.range, out);
      }
      return;
    case SplitBehavior::isolated:
      for (const Part& part : parts) append(part.range, out);
      return;
    case SplitBehavior::contiguous:
      return append_contiguous(parts, out);
    case SplitBehavior::merged_with_previous:
      return append_with_previous(parts, out);
    case SplitBehavior::merged_with_next:
      return append_with_next(parts, out);
  }
}

}  // namespace turngreen::tokenizer
