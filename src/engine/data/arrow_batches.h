#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "row_source.h"

namespace turngreen::data {

/// The wanted columns of a table, batch by batch.
struct ArrowBatches {
  std::shared_ptr<arrow::Schema> schema;  ///< has the wanted columns, once each
  /// A null pointer at the end.
  std::function<arrow::Result<std::shared_ptr<arrow::RecordBatch>>()> next;
  std::function<std::uint64_t()> bytes_read;  ///< of the file, about
  std::uint64_t bytes_in_all = 0;
};

/// A file that is there and may be read; its size. Error: as InputFile's.
Result<std::uint64_t> size_of_file(const std::string& file);

/// Error: a column is not there, or twice.
Result<void> check_columns(const std::string& file, const arrow::Schema& schema,
                           const Columns& columns);

/// What libarrow says of the file.
tl::unexpected<Error> arrow_failure(const std::string& file, const arrow::Status& status);

Result<ArrowBatches> open_parquet_batches(const std::string& file, const Columns& columns);
Result<ArrowBatches> open_ipc_batches(const std::string& file, const Columns& columns);

}  // namespace turngreen::data
