#include "turngreen/explore/paired_bootstrap.h"

#include <algorithm>
#include <random>

namespace turngreen::explore {
namespace {

constexpr double kTail = 0.025;  ///< on each side of a 95 % interval
/// Draws of one cell, all resamples together: some seconds.
constexpr std::size_t kMostDraws = 200'000'000;
constexpr std::size_t kFewestResamples = 200;

std::size_t affordable_resamples(std::size_t asked, std::size_t cells) {
  return std::min(asked, std::max(kFewestResamples, kMostDraws / cells));
}

/// Draws as many rows as there are, with replacement, as counts of the cells: each cell's is
/// binomial given what the cells before it left. The largest cells come first, so the last draws
/// are often over nothing.
void resample(const PairedAnswers& answers, std::mt19937_64& random,
              std::vector<std::uint64_t>& drawn) {
  std::uint64_t rows_left = answers.rows;   // to be drawn
  std::uint64_t cells_left = answers.rows;  // in this cell and those after it
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const std::uint64_t rows = answers.cells[i].rows;
    if (rows == cells_left || rows_left == 0) {
      drawn[i] = rows_left;
    } else {
      const double share = static_cast<double>(rows) / static_cast<double>(cells_left);
      drawn[i] = std::binomial_distribution<std::uint64_t>(rows_left, share)(random);
    }
    rows_left -= drawn[i];
    cells_left -= rows;
  }
}

/// Tallies of both runs over the cells, with as many rows in each as `rows` says.
class PairedScores {
 public:
  PairedScores(Score score, const PairedAnswers& answers)
      : score_(score), answers_(answers), baseline_(answers.classes), candidate_(answers.classes) {}

  struct Pair {
    double baseline = 0;
    double candidate = 0;
  };
  Pair of(std::span<const std::uint64_t> rows) {
    std::ranges::fill(baseline_, ClassCount{});
    std::ranges::fill(candidate_, ClassCount{});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const AnswerCell& cell = answers_.cells[i];
      add(baseline_, cell.truth, cell.baseline, rows[i]);
      add(candidate_, cell.truth, cell.candidate, rows[i]);
    }
    return {score_of(score_, baseline_), score_of(score_, candidate_)};
  }

 private:
  static void add(ClassTally& counts, std::uint32_t truth, std::uint32_t answer,
                  std::uint64_t rows) {
    counts[truth].truth += rows;
    counts[answer].predicted += rows;
    if (truth == answer) counts[truth].correct += rows;
  }

  Score score_;
  const PairedAnswers& answers_;
  ClassTally baseline_, candidate_;
};

/// Linear between the two nearest of the sorted values.
double quantile(std::span<const double> sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

ScoreDrop paired_bootstrap(Score score, const PairedAnswers& answers,
                           const BootstrapOptions& options) {
  PairedScores scores(score, answers);
  std::vector<std::uint64_t> rows;
  for (const AnswerCell& cell : answers.cells) rows.push_back(cell.rows);
  const auto observed = scores.of(rows);

  // Sums in another order must not make a drop of exactly the budget exceed it.
  constexpr double kRounding = 1e-12;
  std::mt19937_64 random(options.seed);
  std::vector<double> drops;
  std::size_t beyond = 0;
  const std::size_t resamples = affordable_resamples(options.resamples, answers.cells.size());
  for (std::size_t i = 0; i < resamples; ++i) {
    resample(answers, random, rows);
    const auto drawn = scores.of(rows);
    drops.push_back(drawn.baseline - drawn.candidate);
    if (drops.back() > options.budget + kRounding) ++beyond;
  }
  std::ranges::sort(drops);
  return {
      observed.baseline,
      observed.candidate,
      {observed.baseline - observed.candidate, quantile(drops, kTail), quantile(drops, 1 - kTail)},
      static_cast<double>(beyond) / static_cast<double>(options.resamples)};
}

}  // namespace turngreen::explore
