#include "data_options.h"

#include "real_range.h"

namespace turngreen::engine {

void add_data_options(CLI::App& app, DataOptions& options) {
  add_choice(app, "--dedup", kDedups, options.dedup.dedup)
      ->description("leave out training rows whose texts repeat earlier ones, or nearly so");
  app.add_option("--dedup-threshold", options.dedup.threshold,
                 "near: the share of common shingles from which two texts are one")
      ->type_name("X")
      ->check(RealRange(0.05, 1, true))
      ->capture_default_str();
  app.add_option("--dedup-report", options.dedup_report,
                 "the rows that were left out and what they repeat, as JSON Lines")
      ->type_name("FILE");
  app.add_option("--sample-fraction", options.sample.fraction,
                 "share of the training rows that is learned from")
      ->type_name("X")
      ->check(RealRange(1e-6, 1, true))
      ->capture_default_str();
  add_choice(app, "--sampling", kSamplings, options.sample.sampling)
      ->description("how the rows of --sample-fraction are chosen");
  add_choice(app, "--token-cache", kTokenCaches, options.token_cache)
      ->description("keep tokens on disk for the next run on the same texts");
  app.add_option("--token-cache-folder", options.token_cache_folder,
                 "where; without it $XDG_CACHE_HOME/turngreen/tokens")
      ->type_name("FOLDER");
}

Result<void> check_data_options(const DataOptions& options) {
  const auto refuse = [](const char* message) { return fail(Error::Kind::invalid_input, message); };
  if (options.dedup_report && options.dedup.dedup == selection::Dedup::off)
    return refuse("--dedup-report: there is nothing to report; say --dedup exact or near too");
  if (options.token_cache_folder && !options.token_cache)
    return refuse("--token-cache-folder: nothing is kept; say --token-cache on too");
  if (options.sample.sampling != selection::Sampling::random && options.sample.fraction == 1) {
    return refuse(
        "--sampling: chooses nothing where all rows are taken; say --sample-fraction 0.5 or the "
        "like too");
  }
  return {};
}

}  // namespace turngreen::engine
