#pragma once

#include <array>
#include <optional>
#include <string>

#include "option_choice.h"
#include "turngreen/engine/selection/duplicates.h"
#include "turngreen/engine/selection/sample.h"

namespace turngreen::engine {

/// Which of the rows `turngreen train` learns from.
struct DataOptions {
  selection::DedupOptions dedup;
  std::optional<std::string> dedup_report;  ///< file of the rows that were left out
  selection::SampleOptions sample;          ///< its seed is the run's
  bool token_cache = false;
  std::optional<std::string> token_cache_folder;  ///< absent: default_token_cache_folder()
};

inline constexpr std::array<Choice<selection::Dedup>, 3> kDedups = {
    {{"off", selection::Dedup::off},
     {"exact", selection::Dedup::exact},
     {"near", selection::Dedup::near}}};
inline constexpr std::array<Choice<selection::Sampling>, 3> kSamplings = {
    {{"random", selection::Sampling::random},
     {"balanced", selection::Sampling::balanced},
     {"hard", selection::Sampling::hard}}};
inline constexpr std::array<Choice<bool>, 2> kTokenCaches = {{{"off", false}, {"on", true}}};

/// `options` must outlive the app.
void add_data_options(CLI::App& app, DataOptions& options);

/// Error: what does not go together.
Result<void> check_data_options(const DataOptions& options);

}  // namespace turngreen::engine
