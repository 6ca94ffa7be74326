#include "unicode_normalization.h"

#include <algorithm>
#include <optional>

#include "unicode.h"
#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

struct Mark {
  Change change;
  std::uint8_t combining_class;
};

/// Puts runs of marks in the order of their classes, those of one class as they came.
class Decomposition {
 public:
  Decomposition(bool compatible, std::vector<Mark>& out) : compatible_(compatible), out_(out) {}

  void add(char32_t code) {
    constexpr char32_t kSyllables = 0xAC00, kSyllableCount = 11172, kTailCount = 28, kPerLead = 588;
    if (code - kSyllables < kSyllableCount) {
      const char32_t index = code - kSyllables;
      push(0x1100 + index / kPerLead, 0);
      push(0x1161 + index % kPerLead / kTailCount, 1);
      if (index % kTailCount != 0) push(0x11A7 + index % kTailCount, 1);
      return;
    }
    const Properties its = properties(code);
    if (!its.has(Property::decomposes)) return push(code, 0, its.combining_class);
    std::ptrdiff_t change = 0;
    for (const char32_t part :
         compatible_ ? compatible_decomposition(code) : canonical_decomposition(code)) {
      push(part, change, properties(part).combining_class);
      change = 1;
    }
  }

  void finish() {
    std::stable_sort(out_.begin() + pending_, out_.end(), [](const Mark& a, const Mark& b) {
      return a.combining_class < b.combining_class;
    });
    pending_ = static_cast<std::ptrdiff_t>(out_.size());
  }

 private:
  void push(char32_t code, std::ptrdiff_t change, std::uint8_t combining_class = 0) {
    if (combining_class == 0) {
      if (static_cast<std::ptrdiff_t>(out_.size()) - pending_ > 1) finish();
      pending_ = static_cast<std::ptrdiff_t>(out_.size()) + 1;
    }
    out_.push_back({{code, change}, combining_class});
  }

  bool compatible_;
  std::vector<Mark>& out_;
  std::ptrdiff_t pending_ = 0;  ///< from here on marks may still change places
};

void compose(const std::vector<Mark>& marks, std::vector<Change>& out) {
  std::optional<Change> starter;
  std::vector<Change> blocked;  // marks since the starter that did not compose with it
  std::uint8_t last_class = 0;  // of the last of them
  const auto flush = [&] {
    if (starter) out.push_back(*starter);
    out.insert(out.end(), blocked.begin(), blocked.end());
    blocked.clear();
  };
  for (const auto& [change, combining_class] : marks) {
    if (!starter) {
      if (combining_class != 0) {
        out.push_back(change);
      } else {
        starter = change;
      }
      continue;
    }
    if (blocked.empty() || last_class < combining_class) {
      if (const char32_t composed = composition(starter->code, change.code); composed != 0) {
        starter = Change{composed, starter->change + change.change - 1};
        continue;
      }
    }
    if (combining_class == 0) {
      flush();
      starter = change;
      continue;
    }
    blocked.push_back(change);
    last_class = combining_class;
  }
  flush();
}

}  // namespace

void normalize(std::string_view text, NormalizationForm form, std::vector<Change>& out) {
  const bool compatible = form == NormalizationForm::nfkc || form == NormalizationForm::nfkd;
  std::vector<Mark> marks;
  marks.reserve(text.size());
  Decomposition decomposition(compatible, marks);
  for (std::size_t at = 0; at < text.size();) decomposition.add(next_code_point(text, at));
  decomposition.finish();
  out.clear();
  if (form == NormalizationForm::nfc || form == NormalizationForm::nfkc) {
    compose(marks, out);
  } else {
    for (const Mark& mark : marks) out.push_back(mark.change);
  }
}

}  // namespace turngreen::tokenizer
