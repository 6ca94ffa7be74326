#include <arrow/io/file.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <algorithm>
#include <exception>
#include <numeric>
#include <utility>
#include <vector>

#include "arrow_batches.h"

namespace turngreen::data {
namespace {

constexpr std::int64_t kMostRows = 8192;
constexpr std::int64_t kBytesOfBatch = 1 << 20;  // the processor's cache holds it

/// The columns of the file, a leaf of the schema each, that a column of the table is kept in.
void add_leaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves) {
  if (field.is_leaf()) leaves.push_back(field.column_index);
  for (const auto& child : field.children) add_leaves(child, leaves);
}

std::vector<int> wanted_leaves(const parquet::arrow::FileReader& reader, const Columns& columns) {
  std::vector<int> leaves;
  for (const auto& field : reader.manifest().schema_fields) {
    const std::string& name = field.field->name();
    if (name == columns.text || name == columns.label) add_leaves(field, leaves);
  }
  return leaves;
}

/// So many that a batch holds about kBytesOfBatch.
std::int64_t rows_of_batch(const parquet::FileMetaData& metadata, const std::vector<int>& leaves) {
  std::int64_t bytes = 0;
  for (int group = 0; group < metadata.num_row_groups(); ++group) {
    for (const int leaf : leaves) {
      bytes += metadata.RowGroup(group)->ColumnChunk(leaf)->total_uncompressed_size();
    }
  }
  const std::int64_t bytes_of_row = bytes / std::max<std::int64_t>(metadata.num_rows(), 1) + 1;
  return std::clamp<std::int64_t>(kBytesOfBatch / bytes_of_row, 1, kMostRows);
}

arrow::Result<std::unique_ptr<parquet::arrow::FileReader>> open_reader(const std::string& file) {
  ARROW_ASSIGN_OR_RAISE(auto input, arrow::io::ReadableFile::Open(file));
  // Neither whole row groups nor whole column chunks in memory.
  parquet::ReaderProperties in_pieces;
  in_pieces.enable_buffered_stream();
  parquet::ArrowReaderProperties properties;
  properties.set_pre_buffer(false);
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(std::move(input), in_pieces));
  return builder.properties(properties)->Build();
}

/// Reads on, and knows how far it is.
struct ParquetReading {
  std::unique_ptr<parquet::arrow::FileReader> file;
  std::unique_ptr<arrow::RecordBatchReader> batches;
  std::int64_t rows_read = 0;
  std::int64_t rows_in_all = 0;
};

arrow::Result<std::shared_ptr<ParquetReading>> begin(const std::string& file,
                                                     const Columns& columns) {
  auto reading = std::make_shared<ParquetReading>();
  ARROW_ASSIGN_OR_RAISE(reading->file, open_reader(file));
  const auto& metadata = *reading->file->parquet_reader()->metadata();
  const std::vector<int> leaves = wanted_leaves(*reading->file, columns);
  reading->rows_in_all = metadata.num_rows();
  reading->file->set_batch_size(rows_of_batch(metadata, leaves));
  std::vector<int> groups(static_cast<std::size_t>(metadata.num_row_groups()));
  std::iota(groups.begin(), groups.end(), 0);
  ARROW_ASSIGN_OR_RAISE(reading->batches, reading->file->GetRecordBatchReader(groups, leaves));
  return reading;
}

arrow::Result<std::shared_ptr<arrow::RecordBatch>> next_batch(ParquetReading& reading) {
  std::shared_ptr<arrow::RecordBatch> batch;
  ARROW_RETURN_NOT_OK(reading.batches->ReadNext(&batch));
  if (batch != nullptr) reading.rows_read += batch->num_rows();
  return batch;
}

/// The library's own exceptions end in it, but for some of damaged files.
template <typename Function>
auto caught(Function function) -> decltype(function()) {
  try {
    return function();
  } catch (const std::exception& error) {
    return arrow::Status::Invalid(error.what());
  }
}

}  // namespace

Result<ArrowBatches> open_parquet_batches(const std::string& file, const Columns& columns) {
  const auto size = size_of_file(file);
  if (!size) return tl::unexpected<Error>(size.error());
  const auto begun = caught([&] { return begin(file, columns); });
  if (!begun.ok()) return arrow_failure(file, begun.status());
  const std::shared_ptr<ParquetReading> reading = *begun;
  std::shared_ptr<arrow::Schema> schema;
  if (const auto status = reading->file->GetSchema(&schema); !status.ok()) {
    return arrow_failure(file, status);
  }
  if (const auto checked = check_columns(file, *schema, columns); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  const auto bytes_read = [reading, bytes = *size]() -> std::uint64_t {
    if (reading->rows_read == reading->rows_in_all) return bytes;
    const double share =
        static_cast<double>(reading->rows_read) / static_cast<double>(reading->rows_in_all);
    return static_cast<std::uint64_t>(share * static_cast<double>(bytes));
  };
  return ArrowBatches{std::move(schema),
                      [reading] { return caught([&] { return next_batch(*reading); }); },
                      bytes_read, *size};
}

}  // namespace turngreen::data
