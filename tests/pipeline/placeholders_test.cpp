#include "pipeline/placeholders.h"

#include <gmock/gmock.h>

namespace turngreen::pipeline {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string filled(std::string_view text) {
  const auto parsed = PlaceholderText::parse(text);
  if (!parsed) return parsed.error().message;
  return parsed->filled([](const std::string& name) { return "<" + name + "{lr}>"; });
}

TEST(Placeholders, names_are_replaced_and_the_rest_stays) {
  EXPECT_EQ(filled("--lr={lr},{seed}!"), "--lr=<lr{lr}>,<seed{lr}>!");
  EXPECT_EQ(filled(""), "");
  EXPECT_THAT(PlaceholderText::parse("{a}{b}{a}")->names(), ElementsAre("a", "b", "a"));
}

TEST(Placeholders, doubled_braces_stand_for_one) {
  EXPECT_EQ(filled("{{\"a\": {lr}}}"), "{\"a\": <lr{lr}>}");
  EXPECT_EQ(filled("{{{{}}}}"), "{{}}");
}

TEST(Placeholders, braces_without_their_partner_are_errors) {
  EXPECT_THAT(filled("a{b"), HasSubstr("has a { without its }"));
  EXPECT_THAT(filled("a{b{c}"), HasSubstr("has a { without its }"));
  EXPECT_THAT(filled("a}b"), HasSubstr("has a } without its {"));
  EXPECT_THAT(filled("a{}b"), HasSubstr("has {} without a name"));
}

}  // namespace
}  // namespace turngreen::pipeline
