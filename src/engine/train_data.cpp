#include "train_data.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "progress_line.h"
#include "share_of_rows.h"
#include "turngreen/engine/data/examples_part.h"
#include "turngreen/engine/data/load_examples.h"
#include "turngreen/engine/files/output_file.h"
#include "turngreen/engine/files/whole_file.h"
#include "turngreen/engine/selection/hardness.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

using selection::DuplicateFinder;

using selection::Sampling;

Result<data::LoadedExamples> load_file(const std::string& file, const OpenedModel& opened,
                                       const data::LoadOptions& options, std::ostream& err) {
  auto loaded = data::load_examples(file, opened.tokenizer, options);
  if (!loaded) return loaded;
  for (const data::BadRow& bad : loaded->told_bad_rows)
    err << fmt::format("turngreen train: left out: {}\n", bad.message);
  if (loaded->examples.size() > 0) return loaded;
  return fail(Error::Kind::invalid_input, fmt::format("{}: there are no rows in it", file));
}

Result<void> write_report(const data::RepeatedRows& repeated, const std::string& name) {
  auto file = files::OutputFile::create(name);
  if (!file) return tl::unexpected(file.error());
  std::string lines;
  for (const data::RepeatedRow& row : repeated.rows) {
    lines += fmt::format("{{\"row\": {}, \"repeats\": {}, \"similarity\": {:.4f}}}\n", row.row,
                         row.of.row, row.of.similarity);
  }
  if (auto written = file->write(lines); !written) return written;
  return file->finish();
}

/// Of the model's tokenizer as it is set. One that a fault of this program has kept wrong tokens of
/// is left behind with the version.
Result<data::TokenCache> open_cache(const DataOptions& options, const OpenedModel& opened) {
  const auto place = options.token_cache_folder
                         ? Result<std::filesystem::path>(*options.token_cache_folder)
                         : data::default_token_cache_folder();
  if (!place) return tl::unexpected(place.error());
  constexpr std::uint64_t kLongest = std::uint64_t{1} << 30;
  auto tokenizer = files::read_whole_file(*opened.folder.tokenizer(), kLongest);
  if (!tokenizer) return tl::unexpected(tokenizer.error());
  return data::TokenCache::open(
      *place, fmt::format("{} {} {}", TURNGREEN_VERSION, opened.max_length, *tokenizer));
}

Result<void> take_sample(TrainingRows& rows, const selection::SampleOptions& options) {
  rows.before_sampling = rows.training.size();
  if (options.fraction == 1) return {};
  const bool is_single = rows.labels.problem == checkpoint::Problem::single_label;
  if (!is_single && options.sampling != Sampling::random) {
    return fail(Error::Kind::invalid_input,
                "--sampling balanced and hard: are for labels of one class each; say random");
  }
  const run::Stage stage("load_data");
  const data::Examples& all = rows.training;
  std::vector<float> hardness;
  if (options.sampling == Sampling::hard) {
    hardness = selection::hardness_of({.ids = all.ids,
                                       .starts = all.starts,
                                       .classes = all.classes,
                                       .outputs = std::ssize(rows.labels.names)},
                                      options.seed);
  }
  const auto chosen = selection::sample(
      {.examples = all.size(), .classes = all.classes, .hardness = hardness}, options);
  rows.training = data::part_of(all, chosen);
  return {};
}

}  // namespace

Result<TrainingRows> load_training_rows(const TrainArguments& arguments, const OpenedModel& opened,
                                        std::ostream& err) {
  const auto text = opened.text_column(arguments.text);
  if (!text) return tl::unexpected(text.error());
  const auto label = opened.label_column(arguments.label);
  if (!label) return tl::unexpected(label.error());

  ProgressLine line(err, !arguments.compute.quiet && ::isatty(STDERR_FILENO) == 1);
  data::LoadOptions options;
  options.read.text = *text;
  options.read.label = *label;
  options.read.on_bad_row = arguments.compute.on_bad_row;
  options.problem = arguments.problem;
  options.threads = arguments.compute.threads;
  options.progress = [&](std::uint64_t bytes, std::uint64_t in_all) {
    line.show("reading", bytes, in_all);
  };
  if (arguments.labels == LabelSource::model) options.labels = opened.folder.config().labels;
  std::optional<DuplicateFinder> finder;
  const DataOptions& knobs = arguments.data;
  if (knobs.dedup.dedup != selection::Dedup::off) {
    auto made = DuplicateFinder::create(knobs.dedup);
    if (!made) return tl::unexpected(made.error());
    finder = *std::move(made);
    options.repeats.finder = &*finder;
  }

  std::optional<data::TokenCache> cache;
  if (knobs.token_cache) {
    auto open = open_cache(knobs, opened);
    if (!open) return tl::unexpected(open.error());
    cache = *std::move(open);
    options.cache = &*cache;
  }

  TrainingRows rows;
  auto training = load_file(arguments.train, opened, options, err);
  if (!training) return tl::unexpected(training.error());
  rows.training = std::move(training->examples);
  rows.labels = training->labels;
  rows.bad_rows = training->bad_rows;
  rows.cached_rows = training->cached_rows;
  rows.left_out = std::move(training->repeated);
  if (knobs.dedup_report) {
    if (auto written = write_report(rows.left_out, *knobs.dedup_report); !written)
      return tl::unexpected(written.error());
  }
  options.labels = rows.labels;
  options.repeats.leaves_out = false;
  const auto load_further = [&](const std::string& file, const char* which,
                                std::uint64_t& repeats) -> Result<data::Examples> {
    auto loaded = load_file(file, opened, options, err);
    if (!loaded) return tl::unexpected(loaded.error());
    rows.bad_rows += loaded->bad_rows;
    rows.cached_rows += loaded->cached_rows;
    repeats = loaded->repeated.rows.size();
    if (repeats > 0) {
      err << fmt::format(
          "turngreen train: warning: {} of {} {} rows repeat training rows; they stay, and make "
          "the "
          "model look better than it is\n",
          repeats, loaded->examples.size(), which);
    }
    return std::move(loaded->examples);
  };
  if (arguments.validation) {
    auto loaded = load_further(*arguments.validation, "validation", rows.validation_repeats);
    if (!loaded) return tl::unexpected(loaded.error());
    rows.validation = *std::move(loaded);
  }
  const auto reported = arguments.report.reported_rows(rows.validation.has_value());
  if (arguments.report.test && reported == ReportedRows::test) {
    auto loaded = load_further(*arguments.report.test, "test", rows.test_repeats);
    if (!loaded) return tl::unexpected(loaded.error());
    rows.test = *std::move(loaded);
  }
  const double share = arguments.report.fidelity;
  take_share(rows.training, share, knobs.sample.seed);
  if (rows.validation) take_judged_share(*rows.validation, share, knobs.sample.seed);
  if (rows.test) take_judged_share(*rows.test, share, knobs.sample.seed);
  if (auto taken = take_sample(rows, knobs.sample); !taken) return tl::unexpected(taken.error());
  tell_training_rows(rows, knobs);
  return rows;
}

}  // namespace turngreen::engine
