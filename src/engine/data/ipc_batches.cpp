#include <arrow/buffer.h>
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <string_view>
#include <utility>
#include <vector>

#include "arrow_batches.h"

namespace turngreen::data {
namespace {

constexpr std::string_view kFileMagic = "ARROW1";

/// Of the file format, whose batches lie where its end says.
struct IpcFile {
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> reader;
  int next = 0;
};

struct IpcStream {
  std::shared_ptr<arrow::io::ReadableFile> input;
  std::shared_ptr<arrow::ipc::RecordBatchStreamReader> reader;
};

/// Offsets and indices that point outside their buffers are seen here, before anything follows
/// them; so are texts that are no UTF-8, which the format forbids.
arrow::Result<std::shared_ptr<arrow::RecordBatch>> validated(
    std::shared_ptr<arrow::RecordBatch> batch) {
  if (batch != nullptr) ARROW_RETURN_NOT_OK(batch->ValidateFull());
  return batch;
}

arrow::ipc::IpcReadOptions read_options() {
  auto options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  return options;
}

Result<ArrowBatches> open_file(const std::string& file, const Columns& columns,
                               const std::shared_ptr<arrow::io::ReadableFile>& input,
                               std::uint64_t size) {
  auto options = read_options();
  auto whole = arrow::ipc::RecordBatchFileReader::Open(input, options);
  if (!whole.ok()) return arrow_failure(file, whole.status());
  auto schema = (*whole)->schema();
  if (const auto checked = check_columns(file, *schema, columns); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  options.included_fields = {schema->GetFieldIndex(columns.text)};
  if (columns.label && columns.label != columns.text) {
    options.included_fields.push_back(schema->GetFieldIndex(*columns.label));
  }
  auto reader = arrow::ipc::RecordBatchFileReader::Open(input, options);
  if (!reader.ok()) return arrow_failure(file, reader.status());
  const auto state = std::make_shared<IpcFile>(IpcFile{*std::move(reader)});
  const auto next = [state]() -> arrow::Result<std::shared_ptr<arrow::RecordBatch>> {
    if (state->next == state->reader->num_record_batches()) return nullptr;
    ARROW_ASSIGN_OR_RAISE(auto batch, state->reader->ReadRecordBatch(state->next++));
    return validated(std::move(batch));
  };
  const auto bytes_read = [state, size]() -> std::uint64_t {
    const int batches = state->reader->num_record_batches();
    if (state->next == batches) return size;
    const double share = static_cast<double>(state->next) / static_cast<double>(batches);
    return static_cast<std::uint64_t>(share * static_cast<double>(size));
  };
  return ArrowBatches{std::move(schema), next, bytes_read, size};
}

Result<ArrowBatches> open_stream(const std::string& file, const Columns& columns,
                                 std::shared_ptr<arrow::io::ReadableFile> input,
                                 std::uint64_t size) {
  auto reader = arrow::ipc::RecordBatchStreamReader::Open(input, read_options());
  if (!reader.ok()) return arrow_failure(file, reader.status());
  auto schema = (*reader)->schema();
  if (const auto checked = check_columns(file, *schema, columns); !checked) {
    return tl::unexpected<Error>(checked.error());
  }
  const auto state = std::make_shared<IpcStream>(IpcStream{std::move(input), *std::move(reader)});
  const auto next = [state]() -> arrow::Result<std::shared_ptr<arrow::RecordBatch>> {
    std::shared_ptr<arrow::RecordBatch> batch;
    ARROW_RETURN_NOT_OK(state->reader->ReadNext(&batch));
    return validated(std::move(batch));
  };
  const auto bytes_read = [state]() -> std::uint64_t {
    return static_cast<std::uint64_t>(state->input->Tell().ValueOr(0));
  };
  return ArrowBatches{std::move(schema), next, bytes_read, size};
}

}  // namespace

Result<ArrowBatches> open_ipc_batches(const std::string& file, const Columns& columns) {
  const auto size = size_of_file(file);
  if (!size) return tl::unexpected<Error>(size.error());
  auto input = arrow::io::ReadableFile::Open(file);
  if (!input.ok()) return arrow_failure(file, input.status());
  const auto head = (*input)->ReadAt(0, static_cast<std::int64_t>(kFileMagic.size()));
  if (!head.ok()) return arrow_failure(file, head.status());
  if (const auto status = (*input)->Seek(0); !status.ok()) return arrow_failure(file, status);
  const bool is_file = (*head)->ToString() == kFileMagic;
  return is_file ? open_file(file, columns, *input, *size)
                 : open_stream(file, columns, *std::move(input), *size);
}

}  // namespace turngreen::data
