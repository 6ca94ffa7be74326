#include "turngreen/explore/predictions.h"

#include <fmt/core.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <utility>

#include "prediction_rows.h"

namespace turngreen::explore {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

Error file_error(std::string_view name, int error_number) {
  const auto kind = error_number == ENOENT   ? Error::Kind::not_found
                    : error_number == EACCES ? Error::Kind::no_permission
                                             : Error::Kind::io;
  return {kind, fmt::format("{}: {}", name, std::generic_category().message(error_number))};
}

Error too_large(std::string_view name) {
  return {Error::Kind::invalid_input,
          fmt::format("{}: is larger than {} MB; write the rows that the quality is measured on, "
                      "with their classes only",
                      name, kLargestPredictionsFile / 1'000'000)};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  // Opening a pipe would wait for whoever writes to it.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
    return fail(Error::Kind::unsupported, fmt::format("{}: is no regular file; the predictions "
                                                      "must be written to one",
                                                      path.native()));
  }
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return tl::unexpected(file_error(path.native(), errno));
  std::string content;
  std::array<char, 1 << 16> chunk;
  while (content.size() <= kLargestPredictionsFile) {
    errno = 0;
    const std::size_t count = std::fread(chunk.data(), 1, chunk.size(), file.get());
    content.append(chunk.data(), count);
    if (count == chunk.size()) continue;
    if (std::ferror(file.get()) != 0) return tl::unexpected(file_error(path.native(), errno));
    return content;
  }
  return tl::unexpected(too_large(path.native()));
}

bool is_json_lines(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  return first != std::string_view::npos && text[first] == '{';
}

}  // namespace

std::vector<std::uint64_t> Predictions::truth_counts() const {
  std::vector<std::uint64_t> counts(classes.size());
  for (const std::uint32_t index : truth) ++counts[index];
  return counts;
}

Result<Predictions> load_predictions(const std::filesystem::path& file,
                                     const PredictionColumns& columns) {
  const auto content = read_file(file);
  if (!content) return tl::unexpected(content.error());
  return parse_predictions(*content, file.native(), columns);
}

Result<Predictions> parse_predictions(std::string_view text, std::string_view name,
                                      const PredictionColumns& columns) {
  if (text.size() > kLargestPredictionsFile) return tl::unexpected(too_large(name));
  PredictionRows rows;
  const auto read = is_json_lines(text) ? read_json_lines(text, name, columns, rows)
                                        : read_csv(text, name, columns, rows);
  if (!read) return tl::unexpected(read.error());
  if (rows.count() == 0) {
    return fail(Error::Kind::invalid_input,
                fmt::format("{}: holds no rows; one is needed for each row that the quality is "
                            "measured on",
                            name));
  }
  return std::move(rows).take();
}

}  // namespace turngreen::explore
