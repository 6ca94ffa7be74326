#include "example_chunks.h"

#include <fmt/format.h>

#include <utility>

#include "turngreen_run.hpp"

namespace turngreen::engine {

ExampleChunks::ExampleChunks(data::RowReader reader, data::Encoders encoders,
                             data::BadRows on_bad_row)
    : reader_(std::move(reader)), encoders_(std::move(encoders)), on_bad_row_(on_bad_row) {}

Result<ExampleChunks> ExampleChunks::open(const std::string& file, const data::ReadOptions& options,
                                          const tokenizer::Tokenizer& tokenizer, int threads) {
  auto reader = data::RowReader::open(file, options);
  if (!reader) return tl::unexpected<Error>(reader.error());
  return ExampleChunks(*std::move(reader), data::Encoders(tokenizer, threads), options.on_bad_row);
}

Result<data::Examples> ExampleChunks::next(std::size_t limit) {
  told_.clear();
  while (true) {
    {
      const run::Stage stage("load_data");
      const auto read = reader_.next(rows_, limit);
      if (!read) return tl::unexpected<Error>(read.error());
    }
    told_.insert(told_.end(), reader_.bad_rows().begin(), reader_.bad_rows().end());
    auto examples = tokenized();
    if (!examples || examples->size() > 0 || rows_.empty()) return examples;
  }
}

Result<data::Examples> ExampleChunks::tokenized() {
  const run::Stage stage("tokenize");
  // Ids of each row, or why there are none.
  std::vector<Result<std::vector<std::int32_t>>> encoded(rows_.size());
  encoders_.for_each_run(rows_.size(), [&](tokenizer::Encoder& encoder, data::Run run) {
    for (std::size_t n = run.begin; n < run.end; ++n) {
      const auto encoding = encoder.encode(rows_[n].text);
      if (encoding) {
        encoded[n]->assign(encoding->ids.begin(), encoding->ids.end());
      } else {
        encoded[n] = tl::unexpected<Error>(encoding.error());
      }
    }
  });
  data::Examples examples;
  for (std::size_t n = 0; n < rows_.size(); ++n) {
    if (!encoded[n]) {
      const auto message =
          fmt::format("{}: {}", reader_.place_of(rows_[n]), encoded[n].error().message);
      if (on_bad_row_ == data::BadRows::error) {
        return tl::unexpected<Error>(data::bad_row_error(message));
      }
      ++unfit_;
      told_.push_back({rows_[n].number, message});
      continue;
    }
    examples.ids.insert(examples.ids.end(), encoded[n]->begin(), encoded[n]->end());
    examples.starts.push_back(static_cast<std::int64_t>(examples.ids.size()));
    examples.rows.push_back(rows_[n].number);
  }
  run::progress(static_cast<std::uint64_t>(examples.size()), examples.ids.size());
  return examples;
}

}  // namespace turngreen::engine
