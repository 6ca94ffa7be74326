#include "linear_rows.h"

#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "data/label_column.h"
#include "progress_line.h"
#include "skipped_rows.h"
#include "turngreen/engine/linear/ngram_examples.h"
#include "turngreen_run.hpp"

namespace turngreen::engine {
namespace {

using checkpoint::Problem;

constexpr std::size_t kRowsAtATime = 8192;

Problem problem_of(const data::Cell& first) {
  const auto* text = std::get_if<std::string>(&first);
  const bool is_list = std::holds_alternative<std::vector<double>>(first) ||
                       std::holds_alternative<std::vector<std::string>>(first) ||
                       (text != nullptr && text->starts_with('['));
  return is_list ? Problem::multi_label : Problem::single_label;
}

class Loader {
 public:
  Loader(data::RowReader reader, const LinearRowsToLoad& what, std::ostream& err)
      : reader_(std::move(reader)),
        what_(what),
        skipped_(err, what.command),
        line_(err, !what.common.quiet && ::isatty(STDERR_FILENO) == 1) {}

  Result<LinearRows> load() {
    while (true) {
      if (const auto read = read_rows(); !read) return tl::unexpected<Error>(read.error());
      if (rows_.empty()) break;
      if (const auto kept = take_labels(); !kept) return tl::unexpected<Error>(kept.error());
      append_texts(loaded_.examples, what_.ngrams, rows_, what_.common.threads);
      line_.show("reading", reader_.bytes_read(), reader_.bytes_in_all());
    }
    loaded_.bad_rows = reader_.bad_row_count() + unfit_;
    if (loaded_.examples.size() == 0) {
      return fail(Error::Kind::invalid_input,
                  loaded_.bad_rows == 0
                      ? fmt::format("{}: there are no rows in it", what_.file)
                      : fmt::format("{}: all {} rows are bad", what_.file, loaded_.bad_rows));
    }
    loaded_.labels = labels_->finish(loaded_.examples);
    return std::move(loaded_);
  }

 private:
  Result<void> read_rows() {
    const run::Stage stage("load_data");
    if (const auto read = reader_.next(rows_, kRowsAtATime); !read) return read;
    skipped_.tell(reader_.bad_rows());
    return {};
  }

  /// Leaves the rows out whose labels do not fit.
  Result<void> take_labels() {
    std::size_t kept = 0;
    for (data::Row& row : rows_) {
      if (labels_ == nullptr)
        labels_ =
            data::make_label_column(what_.problem.value_or(problem_of(row.label)), what_.labels);
      if (const auto added = labels_->add(row.label); !added) {
        data::BadRow bad{row.number,
                         fmt::format("{}: {}", reader_.place_of(row), added.error().message)};
        if (what_.read.on_bad_row == data::BadRows::error)
          return tl::unexpected<Error>(data::bad_row_error(bad.message));
        ++unfit_;
        skipped_.tell({&bad, 1});
        continue;
      }
      std::swap(rows_[kept++], row);
    }
    rows_.resize(kept);
    return {};
  }

  data::RowReader reader_;
  const LinearRowsToLoad& what_;
  SkippedRows skipped_;
  ProgressLine line_;
  std::vector<data::Row> rows_;
  std::unique_ptr<data::LabelColumn> labels_;
  LinearRows loaded_;
  std::uint64_t unfit_ = 0;  ///< rows that were read well, and whose labels do not fit
};

}  // namespace

Result<LinearRows> load_linear_rows(const LinearRowsToLoad& what, std::ostream& err) {
  auto reader = data::RowReader::open(what.file, what.read);
  if (!reader) return tl::unexpected<Error>(reader.error());
  return Loader(*std::move(reader), what, err).load();
}

void append_texts(data::Examples& examples, linear::Ngrams ngrams,
                  const std::vector<data::Row>& rows, int threads) {
  const run::Stage stage("tokenize");
  const std::size_t before = examples.ids.size();
  std::vector<std::string_view> texts;
  for (const data::Row& row : rows) {
    texts.push_back(row.text);
    examples.rows.push_back(row.number);
  }
  linear::append_ngrams(examples, ngrams, texts, threads);
  run::progress(rows.size(), examples.ids.size() - before);
}

}  // namespace turngreen::engine
