#include "tokenize.h"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <thread>

#include "exit_status.h"
#include "tokenize_file.h"

namespace turngreen::engine {
namespace {

struct Options {
  std::string tokenizer;
  TokenizeFileOptions file;
  std::string on_bad_row = "error";
  bool quiet = false;
};

void complain(std::ostream& err, const Error& error) {
  err << fmt::format("turngreen tokenize: {}\n", error.message);
}

int tokenize(Options& options, std::ostream& err) {
  auto tokenizer = tokenizer::Tokenizer::load(options.tokenizer);
  if (!tokenizer) {
    complain(err, tokenizer.error());
    return kExitFailure;
  }
  if (options.on_bad_row == "skip") options.file.read.on_bad_row = data::BadRows::skip;
  options.file.shows_progress = !options.quiet && ::isatty(STDERR_FILENO) == 1;
  const auto summary = tokenize_file(*tokenizer, options.file, err);
  if (!summary) {
    complain(err, summary.error());
    return kExitFailure;
  }
  if (!options.quiet) {
    err << fmt::format(
        "turngreen tokenize: {} rows, {} tokens{}\n", summary->rows, summary->tokens,
        summary->bad_rows == 0 ? "" : fmt::format(", {} bad rows skipped", summary->bad_rows));
  }
  return kExitOk;
}

}  // namespace

Action configure_tokenize(CLI::App& app) {
  // Shared by the app, which parses into it, and the action, which reads it.
  const auto options = std::make_shared<Options>();
  auto& file = options->file;
  file.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  app.add_option("--tokenizer", options->tokenizer, "the tokenizer.json")
      ->type_name("FILE")
      ->required();
  app.add_option("--input", file.input, "the texts; - is JSON Lines from standard input")
      ->type_name("FILE")
      ->required();
  app.add_option("--text", file.read.text, "the column that holds the texts")
      ->type_name("COLUMN")
      ->required();
  app.add_option("--output", file.output, "JSON Lines; - is standard output")
      ->type_name("FILE")
      ->required();
  app.add_flag("--offsets", file.with_offsets, "also the characters [begin, end) of each token");
  auto* length = app.add_option("--max-length", file.max_length,
                                "tokens at most, instead of what the tokenizer.json says");
  length->type_name("N")->check(CLI::Range(1, 1 << 30));
  app.add_flag("--no-truncation", file.no_truncation,
               "as long as they are, whatever the tokenizer.json says")
      ->excludes(length);
  app.add_option("--threads", file.threads, "threads; all there are unless given")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  app.add_option("--on-bad-row", options->on_bad_row,
                 "stop at a row without such a text, or leave it out")
      ->type_name("error|skip")
      ->check(CLI::IsMember({"error", "skip"}));
  app.add_flag("--quiet", options->quiet, "neither progress nor summary");
  return [options](std::ostream&, std::ostream& err) { return tokenize(*options, err); };
}

}  // namespace turngreen::engine
