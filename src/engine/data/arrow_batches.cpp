#include "arrow_batches.h"

#include <arrow/status.h>
#include <arrow/type.h>
#include <fmt/format.h>

#include "input_file.h"
#include "missing_column.h"
#include "turngreen/units/text.h"

namespace turngreen::data {
namespace {

Result<void> check_column(const std::string& file, const arrow::Schema& schema,
                          const std::string& column) {
  const std::size_t found = schema.GetAllFieldIndices(column).size();
  if (found == 1) return {};
  if (found > 1) {
    return fail(Error::Kind::invalid_input, fmt::format("{}: there are two columns {}; rename one",
                                                        file, units::in_quotes(column)));
  }
  return fail(
      Error::Kind::not_found,
      fmt::format("{}: {}", file, missing_column(column, "the file", schema.field_names())));
}

}  // namespace

Result<std::uint64_t> size_of_file(const std::string& file) {
  const auto input = InputFile::open(file);
  if (!input) return tl::unexpected<Error>(input.error());
  return input->bytes_in_all();
}

Result<void> check_columns(const std::string& file, const arrow::Schema& schema,
                           const Columns& columns) {
  const auto text = check_column(file, schema, columns.text);
  if (!text || !columns.label) return text;
  return check_column(file, schema, *columns.label);
}

tl::unexpected<Error> arrow_failure(const std::string& file, const arrow::Status& status) {
  return fail(status.IsIOError() ? Error::Kind::io : Error::Kind::invalid_input,
              fmt::format("{}: cannot be read: {}", file, status.message()));
}

}  // namespace turngreen::data
