#include "arrow_rows.h"

#include <arrow/array/array_base.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <fmt/format.h>

#include <utility>

#include "arrow_batches.h"
#include "arrow_cell.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

class ArrowRows final : public RowSource {
 public:
  ArrowRows(std::string file, Columns columns, ArrowBatches batches)
      : file_(std::move(file)), columns_(std::move(columns)), batches_(std::move(batches)) {}

  Result<Taken> take(Row& row) override {
    while (batch_ == nullptr || next_ == batch_->num_rows()) {
      if (const auto read = read_batch(); !read) return tl::unexpected<Error>(read.error());
      if (batch_ == nullptr) return Taken{Taken::Kind::end, {}};
    }
    const std::int64_t index = next_++;
    row.line = 0;
    if (is_null_at(*text_, index)) {
      return Taken{Taken::Kind::bad_row, fmt::format("column {} holds null, where a text belongs",
                                                     units::in_quotes(columns_.text))};
    }
    row.text.assign(text_at(*text_, index));
    if (label_ == nullptr) return Taken{};
    auto label = cell_at(*label_, index);
    if (!label) return Taken{Taken::Kind::bad_row, std::move(label.error().message)};
    row.label = *std::move(label);
    return Taken{};
  }

  std::uint64_t bytes_read() const override { return batches_.bytes_read(); }
  std::uint64_t bytes_in_all() const override { return batches_.bytes_in_all; }

 private:
  Result<void> read_batch() {
    auto batch = batches_.next();
    if (!batch.ok()) return arrow_failure(file_, batch.status());
    batch_ = *std::move(batch);
    next_ = 0;
    if (batch_ == nullptr) return {};
    text_ = batch_->GetColumnByName(columns_.text);
    if (columns_.label) label_ = batch_->GetColumnByName(*columns_.label);
    return {};
  }

  std::string file_;
  Columns columns_;
  ArrowBatches batches_;
  std::shared_ptr<arrow::RecordBatch> batch_;
  std::shared_ptr<arrow::Array> text_;
  std::shared_ptr<arrow::Array> label_;  ///< null where none is wanted
  std::int64_t next_ = 0;
};

tl::unexpected<Error> unfit(const std::string& file, const std::string& column,
                            const arrow::DataType& type, std::string_view wanted) {
  return fail(Error::Kind::unsupported,
              fmt::format("{}: column {} holds {}, where {} belong", file, units::in_quotes(column),
                          type.ToString(), wanted));
}

Result<std::unique_ptr<RowSource>> rows_of(const std::string& file, const Columns& columns,
                                           Result<ArrowBatches> batches) {
  if (!batches) return tl::unexpected<Error>(batches.error());
  const arrow::DataType& text = *batches->schema->GetFieldByName(columns.text)->type();
  if (!holds_texts(text)) return unfit(file, columns.text, text, "texts");
  if (columns.label) {
    const arrow::DataType& label = *batches->schema->GetFieldByName(*columns.label)->type();
    if (!holds_labels(label)) {
      return unfit(file, *columns.label, label, "texts, numbers, truth values or lists of them");
    }
  }
  return std::make_unique<ArrowRows>(file, columns, *std::move(batches));
}

}  // namespace

bool has_arrow() { return true; }

Result<std::unique_ptr<RowSource>> open_parquet(const std::string& file, const Columns& columns) {
  return rows_of(file, columns, open_parquet_batches(file, columns));
}

Result<std::unique_ptr<RowSource>> open_arrow(const std::string& file, const Columns& columns) {
  return rows_of(file, columns, open_ipc_batches(file, columns));
}

}  // namespace turngreen::data
