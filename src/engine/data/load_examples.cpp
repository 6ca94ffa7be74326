#include "turngreen/engine/data/load_examples.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "label_column.h"
#include "repeat_filter.h"
#include "turngreen/engine/data/encoders.h"
#include "turngreen_run.hpp"

namespace turngreen::data {
namespace {

/// Few marks of the run protocol, little memory.
constexpr std::size_t kRowsAtATime = 8192;

/// What a run of rows became.
struct EncodedRun {
  std::vector<std::int32_t> ids;                        // of its rows, head to tail
  std::vector<std::size_t> ends;                        // of each row in ids
  std::vector<std::string> faults;                      // of each row; empty: it is good
  std::vector<selection::DuplicateFinder::Mark> marks;  // of each row, where repeats are sought

  void add(std::span<const std::int32_t> of_row) {
    ids.insert(ids.end(), of_row.begin(), of_row.end());
    faults.emplace_back();
    ends.push_back(ids.size());
  }
};

class Loader {
 public:
  Loader(RowReader reader, const tokenizer::Tokenizer& tokenizer, const LoadOptions& options)
      : reader_(std::move(reader)),
        encoders_(tokenizer, options.threads),
        repeats_(options.repeats),
        options_(options) {}

  Result<LoadedExamples> load() {
    while (true) {
      if (const auto read = read_rows(); !read) return tl::unexpected<Error>(read.error());
      if (rows_.empty()) break;
      if (const auto taken = tokenize_rows(); !taken) return tl::unexpected<Error>(taken.error());
      if (options_.progress) options_.progress(reader_.bytes_read(), reader_.bytes_in_all());
    }
    return finish();
  }

 private:
  Result<void> read_rows() {
    const run::Stage stage("load_data");
    if (const auto read = reader_.next(rows_, kRowsAtATime); !read) return read;
    for (const BadRow& bad : reader_.bad_rows()) tell(bad);
    return {};
  }

  Result<void> tokenize_rows() {
    const run::Stage stage("tokenize");
    std::vector<EncodedRun> runs(Encoders::runs_of(rows_.size()));
    const auto cached = options_.cache == nullptr ? std::nullopt : options_.cache->find(rows_);
    encoders_.for_each_run(rows_.size(), [&](tokenizer::Encoder& encoder, Run run) {
      EncodedRun& out = runs[run.index];
      for (std::size_t n = run.begin; n < run.end; ++n) {
        if (cached) {
          out.add(cached->ids_of(n));
        } else {
          encode(encoder, rows_[n], out);
        }
        if (repeats_.is_asked()) out.marks.push_back(repeats_.mark_of(rows_[n]));
      }
    });
    if (cached) loaded_.cached_rows += rows_.size();
    if (options_.cache != nullptr && !cached) {
      if (const auto kept = keep_tokens(runs); !kept) return kept;
    }
    const std::size_t tokens_before = loaded_.examples.ids.size();
    std::size_t row = 0;
    for (const EncodedRun& run : runs) {
      std::size_t begin = 0;
      for (std::size_t n = 0; n < run.ends.size(); ++n) {
        const std::span ids = std::span(run.ids).subspan(begin, run.ends[n] - begin);
        begin = run.ends[n];
        const Row& one = rows_[row++];
        if (run.faults[n].empty() && repeats_.is_asked() && repeats_.drops(one, run.marks[n]))
          continue;
        const auto taken = take(one, ids, run.faults[n]);
        if (!taken) return tl::unexpected<Error>(taken.error());
        if (*taken && repeats_.is_asked()) repeats_.keep(one, run.marks[n]);
      }
    }
    run::progress(rows_.size(), loaded_.examples.ids.size() - tokens_before);
    return {};
  }

  static void encode(tokenizer::Encoder& encoder, const Row& row, EncodedRun& out) {
    const auto encoding = encoder.encode(row.text);
    if (encoding) {
      for (const std::uint32_t id : encoding->ids) out.ids.push_back(static_cast<std::int32_t>(id));
    }
    out.faults.push_back(encoding ? "" : encoding.error().message);
    out.ends.push_back(out.ids.size());
  }

  /// Rows of which one cannot be encoded are not kept: they are to be told of again.
  Result<void> keep_tokens(const std::vector<EncodedRun>& runs) const {
    std::vector<std::uint32_t> lengths;
    std::vector<std::int32_t> ids;
    for (const EncodedRun& run : runs) {
      std::size_t begin = 0;
      for (std::size_t n = 0; n < run.ends.size(); begin = run.ends[n++]) {
        if (!run.faults[n].empty()) return {};
        lengths.push_back(static_cast<std::uint32_t>(run.ends[n] - begin));
      }
      ids.insert(ids.end(), run.ids.begin(), run.ids.end());
    }
    return options_.cache->keep(rows_, lengths, ids);
  }

  /// Adds an example, or leaves out a bad row and says so.
  Result<bool> take(const Row& row, std::span<const std::int32_t> ids, std::string fault) {
    if (fault.empty() && options_.read.label) {
      if (labels_ == nullptr) labels_ = make_label_column(problem_of(row.label), options_.labels);
      if (const auto added = labels_->add(row.label); !added) fault = added.error().message;
    }
    if (!fault.empty()) {
      const std::string message = fmt::format("{}: {}", reader_.place_of(row), fault);
      if (options_.read.on_bad_row == BadRows::error) {
        return tl::unexpected<Error>(bad_row_error(message));
      }
      ++unfit_;
      tell({row.number, message});
      return false;
    }
    Examples& examples = loaded_.examples;
    examples.ids.insert(examples.ids.end(), ids.begin(), ids.end());
    examples.starts.push_back(static_cast<std::int64_t>(examples.ids.size()));
    examples.rows.push_back(row.number);
    return true;
  }

  checkpoint::Problem problem_of(const Cell& first) const {
    const auto* text = std::get_if<std::string>(&first);
    const bool is_list = std::holds_alternative<std::vector<double>>(first) ||
                         std::holds_alternative<std::vector<std::string>>(first) ||
                         (text != nullptr && text->starts_with('['));
    return options_.problem.value_or(is_list ? checkpoint::Problem::multi_label
                                             : checkpoint::Problem::single_label);
  }

  void tell(BadRow bad) {
    auto& told = loaded_.told_bad_rows;
    if (told.size() < RowReader::kMostTold) told.push_back(std::move(bad));
  }

  Result<LoadedExamples> finish() {
    loaded_.bad_rows = reader_.bad_row_count() + unfit_;
    if (loaded_.examples.size() == 0 && loaded_.bad_rows > 0) {
      return fail(Error::Kind::invalid_input,
                  fmt::format("all {} rows are bad; the first is {}", loaded_.bad_rows,
                              loaded_.told_bad_rows.front().message));
    }
    loaded_.repeated = std::move(repeats_).found();
    if (labels_ != nullptr) {
      loaded_.labels = labels_->finish(loaded_.examples);
    } else if (options_.labels) {
      loaded_.labels = *options_.labels;
    }
    return std::move(loaded_);
  }

  RowReader reader_;
  Encoders encoders_;
  RepeatFilter repeats_;
  const LoadOptions& options_;
  std::vector<Row> rows_;
  std::unique_ptr<LabelColumn> labels_;
  LoadedExamples loaded_;
  std::uint64_t unfit_ = 0;  ///< rows that were read well, and left out all the same
};

}  // namespace

Result<LoadedExamples> load_examples(const std::string& file, const tokenizer::Tokenizer& tokenizer,
                                     const LoadOptions& options) {
  auto reader = RowReader::open(file, options.read);
  if (!reader) return tl::unexpected<Error>(reader.error());
  return Loader(*std::move(reader), tokenizer, options).load();
}

}  // namespace turngreen::data
