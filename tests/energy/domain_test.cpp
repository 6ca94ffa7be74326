#include "turngreen/energy/domain.h"

#include <gtest/gtest.h>

namespace turngreen::energy {
namespace {

TEST(Domain, every_kind_is_read_back_from_its_word) {
  for (int i = 0; i <= static_cast<int>(DomainKind::battery); ++i) {
    const auto kind = static_cast<DomainKind>(i);
    EXPECT_EQ(parse_domain_kind(to_string(kind)), kind) << to_string(kind);
  }
}

TEST(Domain, every_source_is_read_back_from_its_word) {
  for (int i = 0; i <= static_cast<int>(Source::estimator); ++i) {
    const auto source = static_cast<Source>(i);
    EXPECT_EQ(parse_source(to_string(source)), source) << to_string(source);
  }
}

TEST(Domain, the_words_are_those_of_the_files) {
  EXPECT_EQ(to_string(DomainKind::package), "package");
  EXPECT_EQ(to_string(Source::nvml_counter), "nvml_counter");
}

TEST(Domain, a_word_that_is_none_of_them_is_no_kind_and_no_source) {
  EXPECT_EQ(parse_domain_kind("Package"), std::nullopt);
  EXPECT_EQ(parse_domain_kind(""), std::nullopt);
  EXPECT_EQ(parse_source("rapl"), std::nullopt);
}

TEST(Domain, is_counted_until_a_reason_says_otherwise) {
  Domain domain;
  EXPECT_TRUE(domain.counted());
  domain.not_counted_because = "part of package-0";
  EXPECT_FALSE(domain.counted());
}

TEST(Domain, only_the_estimator_estimates) {
  Domain domain;
  domain.source = Source::estimator;
  EXPECT_TRUE(domain.estimated());
  domain.source = Source::battery;
  EXPECT_FALSE(domain.estimated());
}

}  // namespace
}  // namespace turngreen::energy
