#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "turngreen/explore/classification_scores.h"

namespace turngreen::explore {

/// The class sizes for which always answering the larger of two classes scores exactly this.
struct ConstantScore {
  Score score = Score::f1_weighted;  ///< which definition it fits
  std::uint64_t rows = 0;
  std::uint64_t minority = 0;  ///< rows of the smaller class; at most half of `rows`

  friend bool operator==(const ConstantScore&, const ConstantScore&) = default;
};

/// Recognises the score of a constant predictor of two classes from its last digits. Always
/// answering the majority class gives a weighted F1 of 2 m^2 / (1 + m), and a macro F1 of
/// m / (1 + m), where m is the majority's share: so a score tells m, and m must be a fraction of
/// the number of rows. It must fit within half of the score's last digit (1e-15 where it has all of
/// them), and so few fractions with as few rows may lie there that a score fits by chance once in a
/// million. `rows`: the number of evaluation rows, where it is known; else the fraction with the
/// least rows up to 100,000 is sought, which may be a divisor of the real number.
/// Only for metrics that may be one of these two (parse_score, or a bare "f1"); a value above 1 is
/// read as percent. Absent: it is not such a score, it has too few digits to tell, or the majority
/// would have less than half.
std::optional<ConstantScore> constant_score(std::string_view metric, double value,
                                            std::optional<std::uint64_t> rows = std::nullopt);

/// What always answering the larger class scores, between 0 and 1.
double value_of(const ConstantScore& constant);

/// "0.953678919802555 is exactly the weighted F1 of always answering the larger class, with 1026
/// of 33050 rows in the smaller one".
std::string sentence(const ConstantScore& found, double value);

}  // namespace turngreen::explore
