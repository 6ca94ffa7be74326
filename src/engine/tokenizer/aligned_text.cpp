#include "aligned_text.h"

#include <algorithm>

#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {

void AlignedText::assign(std::string_view input, ByteRange range) {
  text_.assign(input.substr(range.begin, range.size()));
  alignment_.clear();
  input_ = range;
  is_identity_ = true;
  has_overflowed_ = false;
  most_ = (std::size_t{1} << 20) + kMostGrowth * range.size();
}

void AlignedText::materialise() {
  if (!is_identity_) return;
  alignment_.resize(text_.size());
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t begin = at;
    next_code_point(text_, at);
    const ByteRange whole{input_.begin + static_cast<std::uint32_t>(begin),
                          input_.begin + static_cast<std::uint32_t>(at)};
    std::fill(alignment_.begin() + static_cast<std::ptrdiff_t>(begin),
              alignment_.begin() + static_cast<std::ptrdiff_t>(at), whole);
  }
  is_identity_ = false;
}

ByteRange AlignedText::origin(ByteRange range) const {
  if (range.end > text_.size() || range.size() == 0) return range;
  if (!is_identity_) return {alignment_[range.begin].begin, alignment_[range.end - 1].end};
  // A byte stands for the whole of its code point.
  while (!begins_code_point(text_[range.begin])) --range.begin;
  while (range.end < text_.size() && !begins_code_point(text_[range.end])) ++range.end;
  return {input_.begin + range.begin, input_.begin + range.end};
}

void AlignedText::begin_rewriting() {
  materialise();
  new_text_.clear();
  new_alignment_.clear();
}

void AlignedText::write(char32_t code, std::size_t source) {
  if (new_text_.size() >= most_) {
    has_overflowed_ = true;
    return;
  }
  append_code_point(new_text_, code);
  new_alignment_.insert(new_alignment_.end(), utf8_length(code), alignment_[source]);
}

void AlignedText::finish_rewriting() {
  text_.swap(new_text_);
  alignment_.swap(new_alignment_);
}

void AlignedText::transform(std::span<const Change> changes, std::size_t skipped) {
  if (text_.empty()) return;
  begin_rewriting();
  std::size_t at = 0;  // in the old text: what the next change replaces
  for (; skipped > 0 && at < text_.size(); --skipped) next_code_point(text_, at);
  for (const Change& change : changes) {
    // Marks that changed places may count past the end, where the reference would not.
    const std::size_t source = change.change > 0 && at > 0 ? at - 1 : at;
    write(change.code, std::min(source, text_.size() - 1));
    for (std::ptrdiff_t n = change.change; n <= 0 && at < text_.size(); ++n)
      next_code_point(text_, at);
  }
  finish_rewriting();
}

void AlignedText::filter(const std::function<bool(char32_t)>& keep) {
  changes_.clear();
  std::size_t skipped = 0;
  bool dropped_any = false;
  for (std::size_t at = 0; at < text_.size();) {
    const char32_t code = next_code_point(text_, at);
    if (keep(code)) {
      changes_.push_back({code, 0});
    } else if (dropped_any = true; changes_.empty()) {
      ++skipped;
    } else {
      --changes_.back().change;
    }
  }
  if (dropped_any) transform(changes_, skipped);
}

void AlignedText::prepend(std::string_view prefix) {
  if (text_.empty()) return;
  begin_rewriting();
  for (std::size_t at = 0; at < prefix.size();) write(next_code_point(prefix, at), 0);
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t source = at;
    write(next_code_point(text_, at), source);
  }
  finish_rewriting();
}

void AlignedText::replace(std::string_view what, std::string_view with) {
  std::size_t found = text_.find(what);
  if (found == std::string::npos) return;
  begin_rewriting();
  std::size_t kept = 0;
  const auto keep_until = [&](std::size_t end) {
    while (kept < end) {
      const std::size_t source = kept;
      write(next_code_point(text_, kept), source);
    }
  };
  for (; found != std::string::npos; found = text_.find(what, kept)) {
    keep_until(found);
    kept = found + what.size();
    for (std::size_t at = 0; at < with.size();) write(next_code_point(with, at), kept - 1);
  }
  keep_until(text_.size());
  finish_rewriting();
}

void AlignedText::strip(bool left, bool right) {
  const auto is_space = [](char32_t code) { return properties(code).has(Property::white_space); };
  std::size_t count = count_code_points(text_);
  std::size_t leading = 0;
  std::size_t trailing = 0;
  for (std::size_t at = 0; left && at < text_.size() && is_space(next_code_point(text_, at));)
    ++leading;
  for (std::size_t end = text_.size();
       right && end > 0 && is_space(code_point_before(text_, end));) {
    ++trailing;
    do --end;
    while (!begins_code_point(text_[end]));
  }
  if (leading == 0 && trailing == 0) return;
  changes_.clear();
  std::size_t index = 0;
  for (std::size_t at = 0; at < text_.size(); ++index) {
    const char32_t code = next_code_point(text_, at);
    if (index < leading || index + trailing >= count) continue;
    // The reference compares an index of code points with one of bytes.
    const bool is_last = index + trailing + 1 == text_.size();
    changes_.push_back({code, is_last ? -static_cast<std::ptrdiff_t>(trailing) : 0});
  }
  transform(changes_, leading);
}

}  // namespace turngreen::tokenizer
