#include "name_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace turngreen::report {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool is_separator(char c) { return c == '_' || c == '-' || c == '.' || c == ' '; }

/// How much of the name is its number with what separates it; 0: it has none.
std::size_t index_length(std::string_view name) {
  constexpr std::array<std::string_view, 8> kLeads{"variant", "config", "exp", "var",
                                                   "cfg",     "run",    "v",   ""};
  const std::string text = lower(name);
  for (const std::string_view lead : kLeads) {
    if (!text.starts_with(lead)) continue;
    std::size_t at = lead.size();
    if (!lead.empty() && at < text.size() && is_separator(text[at])) ++at;
    const std::size_t digits = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == digits || at == text.size() || !is_separator(text[at])) continue;
    while (at < text.size() && is_separator(text[at])) ++at;
    if (at < text.size()) return at;
  }
  return 0;
}

std::string digits_of(std::string_view word) {
  std::string digits;
  for (const char c : word) {
    if (is_digit(c)) digits += c;
  }
  return digits;
}

bool is_short_for(std::string_view word, std::string_view whole) {
  if (word.size() < 2 || word.size() >= whole.size() || word.front() != whole.front()) return false;
  if (digits_of(word) != digits_of(whole)) return false;
  std::size_t next = 0;
  for (const char c : whole) {
    if (next < word.size() && word[next] == c) ++next;
  }
  return next == word.size();
}

bool says(const std::string& word, const std::string& other) {
  // "f16" and "fp16" may stand for each other, whichever is the longer.
  return word == other || is_short_for(word, other) ||
         (!digits_of(word).empty() && is_short_for(other, word));
}

}  // namespace

NameWords words_of(std::string_view text) {
  NameWords words;
  std::string word;
  for (const char c : lower(text) + "_") {
    if (is_letter(c) || is_digit(c) || (c & 0x80) != 0) {
      word += c;
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  return words;
}

bool has_index(std::string_view name) { return index_length(name) > 0; }

std::vector<NameWords> name_parts(std::string_view name, bool indexed) {
  if (indexed) name.remove_prefix(index_length(name));
  // "plus" and "and" part only where they stand as words of their own.
  std::vector<NameWords> parts(1);
  std::string text;
  for (const char c : name)
    text += c == '+' || c == '&' ? std::string("_plus_") : std::string(1, c);
  for (auto& word : words_of(text)) {
    if (word == "plus" || word == "and") {
      parts.emplace_back();
    } else {
      parts.back().push_back(std::move(word));
    }
  }
  std::erase_if(parts, [](const NameWords& part) { return part.empty(); });
  return parts;
}

bool may_stand_for(const NameWords& part, const NameWords& whole) {
  if (part.empty() || part.size() > whole.size()) return false;
  std::vector<bool> used(whole.size());
  return std::ranges::all_of(part, [&](const std::string& word) {
    // A word that is there as it is comes before one that is only like it.
    for (const bool exact : {true, false}) {
      for (std::size_t i = 0; i < whole.size(); ++i) {
        if (used[i] || (exact ? word != whole[i] : !says(word, whole[i]))) continue;
        used[i] = true;
        return true;
      }
    }
    return false;
  });
}

std::string knob_id(const NameWords& words) {
  constexpr std::size_t kLongest = 64;
  std::string id;
  for (const auto& word : words) {
    if (!id.empty()) id += '_';
    for (const char c : word) id += is_letter(c) || is_digit(c) ? c : '_';
  }
  // What a study file keeps for itself.
  constexpr std::array<std::string_view, 5> kTaken{"seed", "fidelity", "rows", "trial_dir",
                                                   "study_dir"};
  const bool taken = std::ranges::find(kTaken, id) != kTaken.end();
  if (id.empty() || taken || is_digit(id.front())) id.insert(0, 1, '_');
  return id.substr(0, kLongest);
}

}  // namespace turngreen::report
