#include "text_grid.h"

#include <algorithm>

#include "display_text.h"

namespace turngreen::report {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::size_t kNarrowestFirst = 8;

std::string padded(const std::string& text, std::size_t width, TextGrid::Align align) {
  const std::size_t used = display_width(text);
  const std::string blanks(width > used ? width - used : 0, ' ');
  return align == TextGrid::Align::left ? text + blanks : blanks + text;
}

}  // namespace

std::string emphasised(std::string text, TextGrid::Emphasis emphasis, bool colour) {
  if (!colour || emphasis == TextGrid::Emphasis::none) return text;
  return (emphasis == TextGrid::Emphasis::strong ? "\033[1m" : "\033[2m") + text + "\033[0m";
}

void TextGrid::add(std::vector<std::string> cells, Emphasis emphasis) {
  cells.resize(columns_.size());
  rows_.push_back({std::move(cells), emphasis});
}

std::size_t TextGrid::column_width(std::size_t column) const {
  std::size_t width = display_width(columns_[column].title);
  for (const auto& row : rows_) width = std::max(width, display_width(row.cells[column]));
  return width;
}

std::size_t TextGrid::width(std::size_t count) const {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += column_width(i) + (i > 0 ? kGap.size() : 0);
  return sum;
}

std::string TextGrid::text(std::size_t limit, std::size_t needed, bool colour) const {
  std::size_t shown = columns_.size();
  while (shown > needed && width(shown) > limit) --shown;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < shown; ++i) widths.push_back(column_width(i));
  if (const std::size_t all = width(shown); all > limit && widths[0] > kNarrowestFirst) {
    widths[0] = std::max(kNarrowestFirst, widths[0] - std::min(widths[0], all - limit));
  }

  const auto line = [&](const auto& cell, Emphasis emphasis) {
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) {
      if (i > 0) out += kGap;
      out += padded(shortened(cell(i), widths[i]), widths[i], columns_[i].align);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    return emphasised(std::move(out), emphasis, colour) + '\n';
  };
  std::string out = line([&](std::size_t i) { return columns_[i].title; }, Emphasis::faint);
  for (const auto& row : rows_) {
    out += line([&](std::size_t i) { return row.cells[i]; }, row.emphasis);
  }
  return out;
}

}  // namespace turngreen::report
