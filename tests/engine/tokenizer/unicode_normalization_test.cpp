#include "unicode_normalization.h"

#include <gmock/gmock.h>

#include "utf8_text.h"

namespace turngreen::tokenizer {
namespace {

struct Normal {
  std::string text;
  std::vector<std::ptrdiff_t> changes;
};

Normal normal(std::string_view text, NormalizationForm form) {
  std::vector<Change> changes;
  normalize(text, form, changes);
  Normal result;
  for (const Change& change : changes) {
    append_code_point(result.text, change.code);
    result.changes.push_back(change.change);
  }
  return result;
}

using testing::ElementsAre;

TEST(UnicodeNormalization, composing_swallows_what_it_joins) {
  const Normal it = normal("ae\u0301b", NormalizationForm::nfc);
  EXPECT_EQ(it.text, "a\u00E9b");
  EXPECT_THAT(it.changes, ElementsAre(0, -1, 0));
}

TEST(UnicodeNormalization, decomposing_adds_beside_the_first) {
  const Normal it = normal("\u00E9", NormalizationForm::nfd);
  EXPECT_EQ(it.text, "e\u0301");
  EXPECT_THAT(it.changes, ElementsAre(0, 1));
}

TEST(UnicodeNormalization, marks_are_put_in_order_and_a_blocked_one_stays) {
  EXPECT_EQ(normal("a\u0301\u0323", NormalizationForm::nfd).text, "a\u0323\u0301");
  EXPECT_EQ(normal("a\u0301\u0323", NormalizationForm::nfc).text, "\u1EA1\u0301");
  EXPECT_EQ(normal("a\u0300\u0300", NormalizationForm::nfc).text, "\u00E0\u0300");
  EXPECT_EQ(normal("\u0301a", NormalizationForm::nfc).text, "\u0301a");
}

TEST(UnicodeNormalization, hangul_goes_both_ways) {
  EXPECT_EQ(normal("\uD55C", NormalizationForm::nfd).text, "\u1112\u1161\u11AB");
  EXPECT_EQ(normal("\u1112\u1161\u11AB", NormalizationForm::nfc).text, "\uD55C");
}

TEST(UnicodeNormalization, compatible_forms_lose_the_shape) {
  EXPECT_EQ(normal("\uFB01\u00BD", NormalizationForm::nfkc).text, "fi1\u20442");
  EXPECT_EQ(normal("\uFB01", NormalizationForm::nfc).text, "\uFB01");
}

}  // namespace
}  // namespace turngreen::tokenizer
